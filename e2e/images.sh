# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# The image store as an administrator uses it, and as skopeo sees it: publish, roll back, clear away, damage, publishing while
# a hundred machines fetch, and kills.
. "$HERE/e2e/checks.sh"

mkdir -p "$DATA/etc" "$LAB/one" "$LAB/two"
for version in one two; do
  head -c 300000 /dev/urandom >"$LAB/$version/linux"
  head -c 700000 /dev/urandom >"$LAB/$version/initrd.gz"
done
lab_network
lab_client
on_client ip address add 10.77.0.201/24 dev client0
lab_server
images=$DATA/data/images

sh_() { lab_shell "$@" </dev/null; }
digest() { sh_ "image:show $1" | sed -nE "1s/.*(sha256:[0-9a-f]{64}).*/\1/p"; }
get() { # REF-DIGEST FILE
  on_client curl -sS -f --max-time 30 "http://$LAB_ADDRESS/images/${1/:/-}/$2"
}

check "a folder is imported" sh_ "image:import $LAB/one debian:current"
one=$(digest debian:current)
check "another one, too" sh_ "image:import $LAB/two debian:next"
two=$(digest debian:next)
check "the two are different" test "$one" != "$two"
check "a machine gets a file of it" cmp "$LAB/one/linux" <(get "$one" linux)
shown() { sh_ "image:list" | grep -E "debian:current.* 2 .*976.6 KiB .* 0 B"; }
check "image:list has its size and what it shares" shown
check "one is published in the place of the other" sh_ "image:tag debian:next debian:current"
check "the tag names it" test "$(digest debian:current)" = "$two"
check "image:diff says in what they differ" sh -c "'$HERE/slipway' shell --data '$DATA' 'image:diff ${one:7:12} debian:current' </dev/null | grep '2 differ'"
check "it is rolled back" sh_ "image:rollback debian:current"
check "and names what it named before" test "$(digest debian:current)" = "$one"
history() { sh_ "image:history debian:current" | grep -c "${one:7:12}"; }
check "the history knows it twice" test "$(history)" = 2
check "image:gc removes nothing that is needed" sh -c "'$HERE/slipway' shell --data '$DATA' image:gc </dev/null | grep '^removed 0 blobs'"
check "image:verify finds nothing" sh_ "image:verify"

# What skopeo sees of it.
check "skopeo reads the image" sh -c "skopeo inspect --raw 'oci:$images:debian:current' | grep -F io.slipway.role"
check "skopeo copies it" skopeo copy --quiet "oci:$images:debian:current" "oci:$LAB/copied:debian:current"
check "blob for blob" sh -c "cd '$LAB/copied/blobs/sha256' && for blob in *; do cmp \"\$blob\" '$images/blobs/sha256/'\"\$blob\" || exit 1; done"

# What other tools bring in: whole, and with the digest that it has there.
inbox=$DATA/data/inbox
check "skopeo copies into the inbox" skopeo copy --quiet "oci:$LAB/copied:debian:current" "oci:$inbox/brought:1"
arrived() { sh_ "image:list brought" | grep -F "${one:7:12}"; }
check "it is taken over under its digest" await 30 "the image in the inbox" arrived
check "and the inbox is empty again" sh -c "[ -z \"\$(ls -A '$inbox')\" ]"

# Out of the store, and back.
check "images are written to an archive" sh_ "image:export $LAB/out.tar debian:current debian:next"
check "which skopeo reads" sh -c "skopeo inspect --raw 'oci-archive:$LAB/out.tar:debian:next' | grep -F io.slipway.role"
check "all are backed up" sh_ "image:backup $LAB/backup"
check "and again, without copying anything" sh -c "'$HERE/slipway' shell --data '$DATA' 'image:backup $LAB/backup' </dev/null | grep -F ' 0 blobs, 0 B are new'"
sh_ "image:remove brought" >/dev/null
check "a removed image is restored" sh_ "image:restore $LAB/backup brought:1"
check "as it was" arrived

# Archives and discs.
tar -C "$LAB/one" -czf "$LAB/one.tar.gz" .
check "an archive is imported" sh_ "image:import $LAB/one.tar.gz packed:1"
check "a file of it is served" cmp "$LAB/one/initrd.gz" <(get "$(digest packed:1)" initrd.gz)
mkdir -p "$LAB/disc/.disk" "$LAB/disc/install.amd" "$LAB/disc/pool/main/a Long Name"
cp "$LAB_INSTALLER/debian-installer/amd64/linux" "$LAB/disc/install.amd/vmlinuz"
cp "$LAB_INSTALLER/debian-installer/amd64/initrd.gz" "$LAB/disc/install.amd/initrd.gz"
echo 'Debian GNU/Linux 12.9.0 "Bookworm" - Official amd64 NETINST with firmware 20250111-10:54' >"$LAB/disc/.disk/info"
cp "$LAB/one/linux" "$LAB/disc/pool/main/a Long Name/Package_1.0.deb"
xorriso -as mkisofs -quiet -r -J -V 'Debian 12.9.0 amd64 n' -o "$LAB/debian.iso" "$LAB/disc" 2>/dev/null
check "a disc is imported, and recognised" sh -c "'$HERE/slipway' shell --data '$DATA' 'image:import $LAB/debian.iso disc:1' </dev/null | grep -F 'Bookworm'"
disc=$(digest disc:1)
check "its kernel is a file of the image" sh -c "'$HERE/slipway' shell --data '$DATA' 'image:show disc:1' </dev/null | grep -E '^kernel .*vmlinuz'"
check "the disc is served" cmp "$LAB/debian.iso" <(get "$disc" debian.iso)
check "a file on it is served without being unpacked" cmp "$LAB/one/linux" <(get "$disc" "debian.iso/pool/main/a%20Long%20Name/Package_1.0.deb")
part() { on_client curl -sS -f -r 1000-1999 "http://$LAB_ADDRESS/images/${disc/:/-}/debian.iso/install.amd/initrd.gz" | cmp - <(tail -c +1001 "$LAB/disc/install.amd/initrd.gz" | head -c 1000); }
check "a part of one, too" part
by_tftp() { on_client curl -sS -f --max-time 60 "tftp://$LAB_ADDRESS/images/${disc/:/-}/debian.iso/install.amd/vmlinuz" | cmp - "$LAB/disc/install.amd/vmlinuz"; }
check "and by TFTP" by_tftp
head -c 1000000 "$LAB/debian.iso" >"$LAB/short.iso"

# Damage at rest.
kernel=$(sha256sum <"$LAB/one/linux" | cut -d' ' -f1)
printf 'X' | dd of="$images/blobs/sha256/$kernel" bs=1 seek=1000 conv=notrunc 2>/dev/null
check_damage() { ! sh_ "image:verify debian:current" >"$LAB/verified" 2>&1 && grep -F "hurts debian:current (linux)" "$LAB/verified"; }
check "image:verify names the damaged file, and fails" check_damage
refused() { ! get "$one" linux >/dev/null 2>&1; }
check "which is not served any more" refused
check "the other image is" cmp "$LAB/two/linux" <(get "$two" linux)
check "the log says so" grep -F "blob sha256:$kernel is damaged in storage backend folder" "$LAB/server.log"
check "importing it again mends it" sh_ "image:import $LAB/one debian:current"
check "byte for byte, again" cmp "$LAB/one/linux" <(get "$one" linux)

# What is wrong is said, and changes nothing.
says() { # WHAT COMMAND
  sh_ "$2" >"$LAB/said" 2>&1
  cat "$LAB/said"
  grep -qF -- "$1" "$LAB/said"
}
check "an unknown image" says "there is no image no:such" "image:show no:such"
check "a folder that is not there" says "is not there; give a folder" "image:import $LAB/none x:y"
mkfifo "$LAB/two/pipe"
check "a pipe among the files" says "is a device, a pipe or a socket" "image:import $LAB/two x:y"
rm "$LAB/two/pipe"
cp "$LAB/two/linux" "$LAB/two/LINUX"
check "names that differ in case only" says "which differ only in case" "image:import $LAB/two x:y"
rm "$LAB/two/LINUX"
check "a disc that is cut short" says "$LAB/short.iso" "image:import $LAB/short.iso x:y"
check "and no tag came of it" sh -c "! '$HERE/slipway' shell --data '$DATA' 'image:list x' </dev/null | grep -F 'x:y'"

# What nothing needs goes.
check "an image is removed" sh_ "image:remove debian:next"
sh_ "image:import $LAB/one debian:current" >/dev/null
orphan=$(head -c 1000 /dev/urandom | tee "$LAB/orphan" | sha256sum | cut -d' ' -f1)
cp "$LAB/orphan" "$images/blobs/sha256/$orphan"
check "image:gc removes what nothing needs" sh -c "'$HERE/slipway' shell --data '$DATA' image:gc </dev/null | grep -E '^removed [1-9]'"
check "it is gone" test ! -e "$images/blobs/sha256/$orphan"
check "what is tagged is whole" sh_ "image:verify debian:current"
checks_end
