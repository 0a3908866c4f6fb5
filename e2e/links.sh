# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# The server follows its interface: down and up, other addresses, several subnets, gone and back. Nothing restarts; clients are real.
. "$HERE/e2e/checks.sh"

mkdir -p "$LAB/tftp" "$DATA/etc"
head -c 3000000 /dev/urandom >"$LAB/tftp/file.bin"
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
lab_network
lab_client
lab_server
export LAB

lease() { # PREFIX [ARGS...]: a new lease whose address begins so
  local prefix=$1
  shift
  : >"$LAB/dhcp-events.log"
  on_client ip address flush dev client0
  on_client env LAB="$LAB" timeout 10 udhcpc -i client0 -n -q -f -t 3 -T 1 -s "$HERE/e2e/dhcp-script.sh" "$@" || return 1
  cat "$LAB/dhcp-events.log"
  grep -q "^bound $prefix" "$LAB/dhcp-events.log"
}
given() { # SERVER PREFIX [ARGS...]: a lease whose address begins so, from the server's address in that subnet
  local server=$1
  shift
  lease "$@" && grep -q "^bound .* of ${server//./\\.}\$" "$LAB/dhcp-events.log"
}
source_of() { # SERVER FILE: prints the address that TFTP answers from, with data or an error
  on_client timeout 10 perl -MSocket -e 'socket(my $s, PF_INET, SOCK_DGRAM, 0) or die;
    send($s, pack("na*xa*x", 1, $ARGV[1], "octet"), 0, pack_sockaddr_in(69, inet_aton($ARGV[0]))) or die;
    print inet_ntoa((unpack_sockaddr_in(recv($s, my $answer, 2048, 0)))[1])' "$1" "$2"
}
answers() { [ "$(source_of "$1" "$2")" = "$1" ]; } # SERVER FILE
boots() { # LOADER: a machine boots in the second subnet, by files of its server's address there
  local loader=$1
  sed "s/LOADER/$loader/" "$HERE/e2e/test-system.yaml" >"$DATA/etc/boot/.test-system.yaml"
  mv "$DATA/etc/boot/.test-system.yaml" "$DATA/etc/boot/test-system.yaml"
  rm -f "$LAB/serial.log"
  lab_machine bios "$loader"
  await 200 "boot of $loader" lab_console_has 'slipway-test-system: booted from'
  wait "$MACHINE" || true
  lab_shell "boot:timeline $LAB_MAC" >"$LAB/timeline.log"
  cat "$LAB/timeline.log"
  check "$loader in the second subnet: address and server" \
    grep -E "ACK +10\.88\.0\.1[0-9]{2}, boot file .*10\.88\.0\.1\$" "$LAB/timeline.log"
  check "$loader in the second subnet: the kernel" grep -E "FILE_SENT .*/linux\$" "$LAB/timeline.log"
}
fetch() { # SCHEME SERVER
  rm -f "$LAB/got"
  on_client timeout 20 curl -sS --connect-timeout 5 -o "$LAB/got" "$1://$2/file.bin" && cmp "$LAB/tftp/file.bin" "$LAB/got"
}
works() { # WHEN PREFIX SERVER
  check "$1: DHCP" await 20 "lease of $2" lease "$2"
  check "$1: TFTP" await 10 "file from $3" fetch tftp "$3"
  check "$1: HTTP" await 10 "file from $3" fetch http "$3"
}
subnet() { # NAME FIRST-THREE: a subnet beside those there are
  printf 'subnet = %s.0/24\nrange = %s.100-%s.199\n' "$2" "$2" "$2" >"$LAB/subnet.cfg"
  cp "$LAB/subnet.cfg" "$DATA/etc/.subnet.cfg" && mv "$DATA/etc/.subnet.cfg" "$DATA/etc/io.slipway.dhcp.subnet-$1.cfg"
}

works "at first" 10.77.0.1 10.77.0.1

ip link set br0 down
sleep 2 # long enough for the server to see it
ip link set br0 up
works "down and up" 10.77.0.1 10.77.0.1

ip address add 10.77.0.2/24 dev br0
ip address del 10.77.0.1/24 dev br0
ip address replace 10.77.0.2/24 dev br0 # which the kernel may have taken with the first
works "another address" 10.77.0.1 10.77.0.2

ip address flush dev br0
check "without an address: told as it is" await 10 "message" grep 'br0 has no IPv4 address yet; waiting' "$LAB/server.log"
ip address add 10.88.0.1/24 dev br0
subnet aside 10.88.0 # whose file comes before the one of the first subnet
works "another subnet" 10.88.0.1 10.88.0.1

ip address flush dev br0
ip address add 10.77.0.1/24 dev br0
sleep 2 # until the server has seen it: else a lease of either subnet may begin in the same second, and none is the newer one
works "the first subnet again" 10.77.0.1 10.77.0.1
ip address add 10.88.0.1/24 dev br0
ip address add 10.77.0.2/24 dev br0
check "three addresses: seen in the kernel's order" await 10 "message" \
  grep 'br0 is served from 10.77.0.1/24, 10.88.0.1/24, 10.77.0.2/24' "$LAB/server.log"
check "two subnets: a machine that has an address keeps it" given 10.77.0.1 10.77.0.1
on_client ip link set client0 address 52:54:00:77:02:01
check "two subnets: a new machine, from the first file" given 10.88.0.1 10.88.0.1
check "two subnets: it keeps its address" given 10.88.0.1 10.88.0.1
on_client ip link set client0 address 52:54:00:77:02:02
check "two subnets: a new machine that asks for an address" given 10.77.0.1 10.77.0.150 -r 10.77.0.150
check "two subnets: it keeps it without asking" given 10.77.0.1 10.77.0.150
on_client ip address add 10.77.0.50/24 dev client0
on_client ip address add 10.88.0.50/24 dev client0
for address in 10.77.0.1 10.77.0.2 10.88.0.1; do
  check "three addresses: TFTP from $address" fetch tftp "$address"
  check "three addresses: HTTP from $address" fetch http "$address"
  check "three addresses: TFTP data comes from $address" answers "$address" file.bin
  check "three addresses: a TFTP error comes from $address" answers "$address" none
done
lab_image test-system pxelinux >"$LAB/import.log"
boots pxelinux # by TFTP
boots ipxe # by HTTP

ip link del br0
sleep 2
ip link add br0 type bridge
ip address add "$LAB_ADDRESS/$LAB_PREFIX" dev br0
ip link set port0 master br0
ip link set br0 up
works "removed and made again" 10.77.0.1 10.77.0.1

ip link set br0 down
ip link set br0 name br1
sleep 2
ip link set br1 name br0
ip link set br0 up
works "renamed, and named as before" 10.77.0.1 10.77.0.1

check "the server is the one that was started" kill -0 "$SERVER"
check "it was ready once for each time" sh -c "[ \$(grep -c '^ready' '$LAB/server.log') -ge 2 ]"
sed -n '/DoorKeeper\|^ready/p' "$LAB/server.log"
checks_end
