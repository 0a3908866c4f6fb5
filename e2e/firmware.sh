# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# A machine with real firmware and an empty disk ends in the Debian installer. firmware.sh bios|uefi
. "$HERE/e2e/checks.sh"
firmware=$1
limit=400
[ "$firmware" = bios ] || limit=900

timeline_has() { grep -Eq "$1" "$LAB/timeline.log"; }

lab_network
lab_server
lab_installer >"$LAB/import.log"
lab_machine "$firmware"
await "$limit" "first screen of the installer" lab_console_has 'Select a language'
echo "ok $firmware: the installer's first screen is on the serial console"
lab_shell "boot:timeline $LAB_MAC" >"$LAB/timeline.log"
cat "$LAB/timeline.log"
for step in DISCOVER OFFER REQUEST ACK; do
  check "$firmware: the timeline has $step" timeline_has "^ *\\+[0-9.]+ s +$step"
done
case $firmware in
  bios) files='pxelinux\.0 ldlinux\.c32 pxelinux\.cfg/01-52-54-00-77-00-01' ;;
  uefi) files='grub/shimx64\.efi grub/grubx64\.efi grub/grub\.cfg' ;;
esac
for file in $files 'images/sha256-[^/]+/debian-installer/amd64/linux' \
  'images/sha256-[^/]+/debian-installer/amd64/initrd\.gz'; do
  check "$firmware: the timeline has $file with size and time" \
    timeline_has "FILE_SENT +[0-9.]+ (B|KiB|MiB) +[0-9.]+ s +/$file\$"
done
check "$firmware: the lease is listed" sh -c "'$HERE/slipway' shell --data '$DATA' dhcp:leases | grep -i $LAB_MAC"
check "$firmware: explain names the loader" sh -c "'$HERE/slipway' shell --data '$DATA' 'boot:explain $LAB_MAC' | grep -E 'pxelinux|grub'"
checks_end
