# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# TFTP and HTTP over IPv6: addresses that come and go, two links with the same link-local addresses, a link without any.
. "$HERE/e2e/checks.sh"

mkdir -p "$LAB/tftp" "$DATA/etc"
head -c 3000000 /dev/urandom >"$LAB/tftp/file.bin"
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
lab_network
lab_client
ip link add br1 type bridge # a second link, without IPv6 at first
ip link set br1 addrgenmode none
ip address add 10.88.0.1/24 dev br1
ip link set br1 up
touch "$LAB/other" && unshare --net="$LAB/other" true # and a machine on it: interface other0
on_other() { nsenter --net="$LAB/other" "$@"; }
ip link add port1 type veth peer name other0
ip link set port1 master br1 up
ip link set other0 netns "$LAB/other"
on_other ip link set other0 addrgenmode none
on_other ip link set lo up
on_other ip link set other0 up
on_other ip address add 10.88.0.50/24 dev other0
lab_server
export LAB
on_client ip address add 10.77.0.50/24 dev client0
own=$(ip -6 -o address show dev br0 scope link | sed -E 's/.*inet6 ([0-9a-f:]+).*/\1/')

served() { grep -Fq "$1" "$LAB/server.log"; }
fetch() { # WHERE URL [ARGS...]: byte for byte
  local where=$1 url=$2
  shift 2
  rm -f "$LAB/got"
  "$where" timeout 20 curl -gsS --connect-timeout 2 "$@" -o "$LAB/got" "$url/file.bin" && cmp "$LAB/tftp/file.bin" "$LAB/got"
}
is_shut() { ! fetch on_client "$1"; }
got() { # COMMAND...: a client that writes $LAB/got
  rm -f "$LAB/got"
  on_client timeout 60 "$@" && cmp "$LAB/tftp/file.bin" "$LAB/got"
}
# asks WHERE SERVER SCOPE FILE [OPTION VALUE...]: prints what TFTP answers and the address that it answers from
asks() {
  local where=$1
  shift
  # shellcheck disable=SC2016
  "$where" timeout 10 perl -MSocket=:all -e 'my ($server, $scope, $file, @options) = @ARGV;
    socket(my $s, AF_INET6, SOCK_DGRAM, 0) or die;
    my $to = pack_sockaddr_in6(69, inet_pton(AF_INET6, $server), $scope ? 0 + `cat /sys/class/net/$scope/ifindex` : 0);
    send($s, pack("n", 1) . join("", map { "$_\0" } $file, "octet", @options), 0, $to) or die $!;
    my $from = recv($s, my $answer, 2048, 0) or die;
    my (undef, $address) = unpack_sockaddr_in6($from);
    print inet_ntop(AF_INET6, $address), " ", unpack("n", $answer), " ", join(" ", split(/\0/, substr($answer, 2))), "\n";
    send($s, pack("nna*x", 5, 0, "enough"), 0, $from)' "$@"
}
answers() { # PATTERN ARGS OF asks...
  local pattern=$1
  shift
  asks "$@" | tee "$LAB/answer" | grep -E "$pattern" || ! cat "$LAB/answer"
}
sockets() { # KEY VALUE: changes the configuration of the sockets, and waits until they are there anew
  local before
  before=$(grep -c '^ready' "$LAB/server.log")
  { grep -v "^$1 *=" "$DATA/etc/io.slipway.sockets.cfg"; echo "$1 = $2"; } >"$LAB/sockets.cfg"
  cp "$LAB/sockets.cfg" "$DATA/etc/.sockets.cfg" && mv "$DATA/etc/.sockets.cfg" "$DATA/etc/io.slipway.sockets.cfg"
  await 20 "sockets with $1 = $2" is_ready_again "$before"
}
is_ready_again() { [ "$(grep -c '^ready' "$LAB/server.log")" -gt "$1" ]; }

# ---- the link-local address, which every interface has ------------------------------------------------------------
check "link-local: told" await 15 "address" served "br0 is served from 10.77.0.1/24, $own"
check "link-local: HTTP" fetch on_client "http://[$own%25client0]"
check "link-local: TFTP" fetch on_client "tftp://[$own%25client0]"
check "link-local: TFTP answers from it, with blocks that fit" answers "^$own 6 .*blksize 1448" \
  on_client "$own" client0 file.bin blksize 65464
check "DHCP has no IPv6" sh -c "! ss -6 -lnu | grep -E ':(67|4011) '"
check "IPv4 has sockets of its own" sh -c "ss -4 -lntu | grep -q ':80 ' && ! ss -6 -lnt | grep -F '*:80 '"

# ---- addresses that come and go -----------------------------------------------------------------------------------
on_client ip address add 2001:db8::50/64 dev client0 nodad
check "a global address that is not there is not served" is_shut "http://[2001:db8::1]"
ip address add 2001:db8::1/64 dev br0
check "a global address that comes: HTTP" await 15 "file" fetch on_client "http://[2001:db8::1]"
check "a global address: HTTP/1.1 with a port in Host" fetch on_client "http://[2001:db8::1]:80"
check "a global address: TFTP" fetch on_client "tftp://[2001:db8::1]" --tftp-blksize 1428
check "tftp-hpa" got tftp -6 -m binary 2001:db8::1 -c get file.bin "$LAB/got"
check "atftp, windows of 16" got atftp --option "blksize 1428" --option "windowsize 16" --get -r file.bin -l "$LAB/got" 2001:db8::1
ip address add 2001:db8::2/64 dev br0 nodad
check "a second one: HTTP" await 15 "file" fetch on_client "http://[2001:db8::2]"
for address in 2001:db8::1 2001:db8::2; do
  check "$address: TFTP data come from it" answers "^$address 6 " on_client "$address" '' file.bin tsize 0
  check "$address: a TFTP error comes from it" answers "^$address 5 " on_client "$address" '' none
done
ip address del 2001:db8::2/64 dev br0
check "it goes: told" await 15 "message" served "closing http on br0, 2001:db8::2 port 80: its interface or its address is gone"
check "the first one is served all the while" fetch on_client "http://[2001:db8::1]"
check "IPv4 as before: HTTP" fetch on_client "http://$LAB_ADDRESS"
check "IPv4 as before: TFTP" fetch on_client "tftp://$LAB_ADDRESS"

# ---- two links with the same addresses ----------------------------------------------------------------------------
ip address add fe80::1/64 dev br0 nodad
sockets interfaces "br0, br1"
check "a link without IPv6 is served by IPv4: HTTP" await 15 "file" fetch on_other "http://10.88.0.1"
check "a link without IPv6 is served by IPv4: TFTP" fetch on_other "tftp://10.88.0.1"
ip address add fe80::1/64 dev br1 nodad
on_client ip address add fe80::77/64 dev client0 nodad # nearest to fe80::1 (RFC 6724 section 5, rule 8)
on_other ip address add fe80::77/64 dev other0 nodad
for link in client other; do
  check "the same address on two links, from $link: HTTP" await 15 "file" fetch on_$link "http://[fe80::1%25${link}0]"
  check "the same address on two links, from $link: TFTP" fetch on_$link "tftp://[fe80::1%25${link}0]"
done
for link in br0 br1; do
  check "the log tells them apart: $link" await 5 "message" served "/file.bin sent to fe80::77%$link:"
done

# ---- who asks -----------------------------------------------------------------------------------------------------
on_client ip address del fe80::77/64 dev client0
check "a machine boots by IPv4" on_client timeout 20 udhcpc -i client0 -n -q -f -V PXEClient:Arch:00007 -s "$HERE/e2e/dhcp-script.sh"
check "it fetches from the address of its MAC" fetch on_client "http://[$own%25client0]"
timeline_has() { lab_shell "boot:timeline $(client_mac)" | tee "$LAB/timeline.log" | grep -E "$1" || ! cat "$LAB/timeline.log"; }
check "its timeline has the transfer" timeline_has 'FILE_SENT .*/file.bin'

# ---- switched off -------------------------------------------------------------------------------------------------
sockets ipv6 false
check "switched off: nothing listens" sh -c "! ss -6 -lntu | grep -E ':(69|80) '"
check "switched off: IPv4 is served" fetch on_client "http://$LAB_ADDRESS"
sockets ipv6 true
check "switched on again" await 15 "file" fetch on_client "http://[2001:db8::1]"
check "the ready line or the log names the address" served "http on br0 2001:db8::1 port 80"
check "nothing to complain of" sh -c "! grep -E 'WARN|ERROR' '$LAB/server.log'"

kill -TERM "$SERVER"
wait "$SERVER" || true # the access log is written in large pieces
check "the access log has addresses as RFC 5952 writes them" grep '^2001:db8::50 - - ' "$DATA/data/log/access.log"
check "and those of a link with its name" grep '^fe80::77%br1 - - ' "$DATA/data/log/access.log"
checks_end
