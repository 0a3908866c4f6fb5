# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# A machine with real firmware and an empty disk, through one bootloader, into an image.
# firmware.sh bios|uefi LOADER installer|test-system|test-menu|unified-kernel [proxy|auto|menu]. The loaders undionly and
# snponly are iPXE, started by firmware that is something else: the UEFI of EDK2, or the ROM of the card, from its command line.
# With a fourth word the addresses come from a plain dnsmasq on another host, which knows nothing of booting; menu: and
# the firmware shows the boot menu itself.
. "$HERE/e2e/checks.sh"
firmware=$1 loader=$2 image=$3 beside=${4:-}
lab_can "$firmware" "$loader" || exit 1

limit=400
[ "$firmware" = bios ] || limit=900
# What the firmware and the loader fetch, by which way kernel and initrd come, and what is seen on the console at the end.
case $loader in
  pxelinux) way=TFTP files='pxelinux\.0 ldlinux\.c32 pxelinux\.cfg/01-52-54-00-77-00-01' ;;
  grub) way=TFTP files='grub/shimx64\.efi grub/grubx64\.efi grub/grub\.cfg' ;;
  ipxe) way=HTTP files='ipxe/boot\.ipxe' ;;
  undionly) way=HTTP files='ipxe/undionly\.kpxe ipxe/boot\.ipxe' ;;
  snponly) way=HTTP files='ipxe/snponly\.efi ipxe/boot\.ipxe' ;;
  uefi-http) way=HTTP files='grub/shimx64\.efi grub/grubx64\.efi grub/grub\.cfg' ;;
esac
[ "$firmware-$loader" != uefi-ipxe ] || files="ipxe/ipxe\.efi $files"
case $image in
  installer) end='Select a language' kernel='debian-installer/amd64/linux' initrd='debian-installer/amd64/initrd\.gz' ;;
  test-system | test-menu) end='slipway-test-system: booted from' kernel=linux initrd='initrd\.gz' ;;
  unified-kernel) end='slipway-test-system: booted from' kernel='slipway\.efi' initrd='' files='' ;;
esac
case $loader-$image in # by Slipway
  uefi-http-unified-kernel) chosen=uefi-http ;;
  uefi-http-*) chosen=grub ;;
  undionly-* | snponly-*) chosen=ipxe ;;
  *) chosen=$loader ;;
esac

timeline_has() { grep -Eq "$1" "$LAB/timeline.log"; }
counter() { # TABLE COLUMN: of /proc/net/snmp
  awk -v table="$1:" -v column="$2" '$1 == table { if (!n) { for (i = 2; i <= NF; i++) if ($i == column) n = i } else print $n }' /proc/net/snmp
}

steps='DISCOVER OFFER REQUEST ACK'
lab_network
if [ -n "$beside" ]; then
  lab_foreign
  lab_dnsmasq on_foreign foreign0
  lab_proxy "${beside/menu/proxy}"
  if [ "$beside" = menu ]; then printf 'menu = *\n' >"$DATA/etc/io.slipway.dhcp.boot.cfg"; fi
  if [ "$firmware-$beside" = bios-proxy ] || [ "$firmware-$beside" = bios-auto ]; then steps='DISCOVER OFFER'; fi
fi
lab_server
lab_image "$image" "$loader" >"$LAB/import.log"
datagrams=$(counter Udp OutDatagrams)
lab_machine "$firmware" "$loader"
[ "$loader" != undionly ] || lab_chain /ipxe/undionly.kpxe
await "$limit" "'$end'" lab_console_has "$end"
datagrams=$(($(counter Udp OutDatagrams) - datagrams))
echo "ok $firmware, $loader: the machine's console says '$end'"
lab_shell "boot:timeline $LAB_MAC" >"$LAB/timeline.log"
cat "$LAB/timeline.log"
for step in $steps; do
  check "$firmware, $loader: the timeline has $step" timeline_has "^ *\\+[0-9.]+ s +$step"
done
for file in $files "images/sha256-[^/]+/$kernel" ${initrd:+"images/sha256-[^/]+/$initrd"}; do
  check "$firmware, $loader: the timeline has $file with size and time" \
    timeline_has "FILE_SENT +[0-9.]+ (B|KiB|MiB) +[0-9.]+ s +/$file( |\$)"
done
# The kernel's own count, for the way that the big files took: a datagram of TFTP holds 1468 bytes at most.
size=$(wc -c <"$LAB_INSTALLER/debian-installer/amd64/linux")
case $way in
  TFTP) check "$firmware, $loader: kernel and initrd came over TFTP ($datagrams datagrams)" [ "$datagrams" -gt $((size / 1468)) ] ;;
  HTTP) check "$firmware, $loader: kernel and initrd came over HTTP ($datagrams datagrams)" [ "$datagrams" -lt $((size / 1468)) ] ;;
esac
if [ "$image" = test-menu ]; then
  check "$firmware, $loader: the console shows the menu" lab_console_has 'Slipway test menu'
  check "$firmware, $loader: the console shows the entry" lab_console_has 'Nothing but local'
fi
if [[ $loader =~ only$ ]]; then # iPXE was started by something else, and asked for itself
  starts=$(lab_console | grep -c 'iPXE initialising devices')
  [ "$loader" = snponly ] || starts=$((starts - 1)) # the ROM's
  check "$firmware, $loader: one iPXE was started, and no second one by it" [ "$starts" -eq 1 ]
  check "$firmware, $loader: it asked DHCP as iPXE, and was given its script" \
    awk -v program="/${files%% *}" '
      $0 ~ "FILE_SENT .*" program "$" { at = 1 }
      at == 1 && /DISCOVER .*iPXE/ { at = 2 }
      at == 2 && /ACK .*http:.*boot\.ipxe/ { at = 3 }
      at == 3 && /FILE_SENT .*boot\.ipxe/ { at = 4 }
      END { exit at != 4 }' "$LAB/timeline.log"
fi
[ "$loader" != undionly ] || check "$firmware, $loader: it runs on the UNDI of the ROM" lab_console_has 'UNDI device is PCI'
if [ -n "$beside" ]; then
  check "$firmware, $loader: the other server gave the address" grep -q "$LAB_MAC 10.77.0.5" "$LAB/foreign.leases"
  check "$firmware, $loader: and this one none" sh -c "! '$HERE/slipway' shell --data '$DATA' 'dhcp:leases --expired' | grep -i $LAB_MAC"
  check "$firmware, $loader: dhcp:servers lists it with its offer" \
    sh -c "'$HERE/slipway' shell --data '$DATA' dhcp:servers | grep -E '$LAB_FOREIGN .* 10\.77\.0\.5[0-9] for 3600 s'"
else
  check "$firmware, $loader: the lease is listed" sh -c "'$HERE/slipway' shell --data '$DATA' dhcp:leases | grep -i $LAB_MAC"
fi
check "$firmware, $loader: explain names the loader" sh -c "'$HERE/slipway' shell --data '$DATA' 'boot:explain $LAB_MAC' | grep -w '$chosen'"
checks_end
