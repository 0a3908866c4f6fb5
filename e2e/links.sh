# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# The server follows its interface: down and up, other addresses, gone and back. Nothing restarts; clients are real.
. "$HERE/e2e/checks.sh"

mkdir -p "$LAB/tftp" "$DATA/etc"
head -c 3000000 /dev/urandom >"$LAB/tftp/file.bin"
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
lab_network
lab_client
lab_server
export LAB

lease() { # PREFIX: a new lease whose address begins so
  : >"$LAB/dhcp-events.log"
  on_client ip address flush dev client0
  on_client env LAB="$LAB" timeout 10 udhcpc -i client0 -n -q -f -t 3 -T 1 -s "$HERE/e2e/dhcp-script.sh" || return 1
  cat "$LAB/dhcp-events.log"
  grep -q "^bound $1" "$LAB/dhcp-events.log"
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
sleep 2
ip address add 10.88.0.1/24 dev br0
subnet other 10.88.0
works "another subnet" 10.88.0.1 10.88.0.1

ip address add 10.77.0.1/24 dev br0
check "two subnets on one interface: DHCP" await 20 "lease" lease '10\.[78][78]\.0\.1'
on_client ip address add 10.77.0.50/24 dev client0
on_client ip address add 10.88.0.50/24 dev client0
for address in 10.77.0.1 10.88.0.1; do
  check "two subnets on one interface: TFTP from $address" fetch tftp "$address"
  check "two subnets on one interface: HTTP from $address" fetch http "$address"
done

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
