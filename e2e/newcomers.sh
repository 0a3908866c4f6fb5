# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# How clients without an address are answered (RFC 2131 section 4.1): by broadcast, frame or ARP entry, as an ordinary user with the
# capabilities for it and without; and from which address. Clients are real, and a bystander on the segment counts.
. "$HERE/e2e/checks.sh"
user=65534 # nobody
# Only ids of this range exist in the user namespace that an ordinary user's lab is in.
if [ "$(awk '{ n += $3 } END { printf "%.0f", n }' /proc/self/uid_map)" -le "$user" ]; then
  echo "slipway: this case changes the user, which needs ./slipway test to run as root" >&2
  exit 77
fi

# A copy, for the checkout may be in a folder that only its owner may enter.
program=$LAB/program/slipway
mkdir -p "$LAB/program/karaf-assembly/target" "$DATA/etc"
cp "$HERE/slipway" "$LAB/program/"
cp -r "$HERE/karaf-assembly/target/assembly" "$LAB/program/karaf-assembly/target/"
chmod -R a+rX "$LAB/program"
chmod 711 "$LAB"

lab_network
ip address add 10.88.0.1/24 dev br0
lab_client
touch "$LAB/bystander" && unshare --net="$LAB/bystander" true
on_bystander() { nsenter --net="$LAB/bystander" "$@"; }
ip link add port2 type veth peer name bystander0
ip link set port2 master br0 up
ip link set bystander0 netns "$LAB/bystander"
on_bystander ip link set bystander0 up
export LAB

cat >"$LAB/sniffer.pl" <<'PERL' # INTERFACE: a line for each DHCP packet that it hears and did not send
use Socket;
$| = 1;
socket(my $s, 17, SOCK_RAW, unpack("S", pack("n", 0x0800))) or die $!;
my $index = do { open my $f, "<", "/proc/net/igmp"; my ($i) = map { /^(\d+)\s+\Q$ARGV[0]\E\s/ ? $1 : () } <$f>; $i };
bind($s, pack("SnlSCCa8", 17, 0x0800, $index, 0, 0, 0, "")) or die $!;
print "listening\n";
while (my $from = recv($s, my $p, 65536, 0)) {
  my ($type, $packet) = (unpack("SnlSCC", $from))[3, 4];
  next if $packet == 4; # its own
  my ($to, $source, $target, $udp) = ($p =~ /^(.{6}).{8}.{12}(.{4})(.{4})(.*)/s);
  next unless substr($p, 23, 1) eq "\x11";
  my ($sport, $dport) = unpack("nn", $udp);
  next unless $sport == 67 || $dport == 67;
  my $sum = 17 + unpack("n", substr($udp, 4, 2));
  $sum += $_ for unpack("n*", $source . $target . $udp . (length($udp) % 2 ? "\0" : ""));
  $sum = ($sum & 0xffff) + ($sum >> 16) while $sum >> 16;
  my $ip = 0;
  $ip += $_ for unpack("n10", substr($p, 14, 20));
  $ip = ($ip & 0xffff) + ($ip >> 16) while $ip >> 16;
  printf "%s %s:%d > %s:%d at %s%s%s\n", $sport == 67 ? "reply" : "request", inet_ntoa($source), $sport,
    inet_ntoa($target), $dport, unpack("H*", $to), $ip == 0xffff ? " ip-sum" : "", $sum == 0xffff ? " udp-sum" : "";
}
PERL
listen() { # on_bystander|on_client INTERFACE: into $LAB/heard-INTERFACE.txt, from now on
  "$1" perl "$LAB/sniffer.pl" "$2" >>"$LAB/heard-$2.txt" & # appends, for the file is emptied as it goes on
  await 5 "sniffer on $2" grep -q listening "$LAB/heard-$2.txt"
}
forget() { truncate -s 0 "$LAB/heard-client0.txt" "$LAB/heard-bystander0.txt"; }

as_user() { # CAPABILITIES COMMAND...: with those alone and no way to more, in this process
  local capabilities=$1
  shift
  exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --inh-caps "$capabilities" \
    --ambient-caps "$capabilities" --bounding-set "$capabilities" env HOME="$DATA" "$@"
}
start() { # CAPABILITIES REPLIES
  replies "$2"
  chown -R "$user:$user" "$DATA"
  lab_serve as_user "$1" "$program" run --interface br0 --range "$LAB_RANGE" --data "$DATA"
}
stop() {
  kill "$SERVER"
  await 30 "end of the server" sh -c "! kill -0 $SERVER 2>/dev/null"
  wait "$SERVER" || true
}
replies() { # WAY: with the rest of the file as it is
  local from=$program
  from=$(dirname "$from")/karaf-assembly/target/assembly/etc/io.slipway.dhcp.server.cfg
  [ ! -e "$DATA/etc/io.slipway.dhcp.server.cfg" ] || from=$DATA/etc/io.slipway.dhcp.server.cfg
  { grep -v '^replies' "$from"; printf 'replies = %s\n' "$1"; } >"$LAB/server.cfg"
  cp "$LAB/server.cfg" "$DATA/etc/.server.cfg" && mv "$DATA/etc/.server.cfg" "$DATA/etc/io.slipway.dhcp.server.cfg"
}
told() { await 10 "message '$1'" grep -q "$1" "$LAB/server.log"; }
lease() { # ADDRESS [ARGS...]: a new machine gets the address, by udhcpc, which sets the broadcast flag only with -B
  local address=$1 third last
  shift
  IFS=. read -r _ third _ last <<<"$address"
  on_client ip address flush dev client0
  on_client ip link set client0 address "52:54:00:$third:02:$(printf %02x "$last")"
  forget
  : >"$LAB/dhcp-events.log"
  on_client env LAB="$LAB" timeout 20 udhcpc -i client0 -n -q -f -t 5 -T 2 -r "$address" -s "$HERE/e2e/dhcp-script.sh" "$@" ||
    return 1
  grep "^bound ${address//./\\.} " "$LAB/dhcp-events.log"
}
dhclient_lease() {
  forget
  : >"$LAB/dhcp-events.log" && : >"$LAB/dhclient.leases"
  on_client ip address flush dev client0
  on_client env LAB="$LAB" dhclient -4 -1 -d -e LAB="$LAB" -sf "$HERE/e2e/dhcp-script.sh" -lf "$LAB/dhclient.leases" \
    -pf "$LAB/dhclient.pid" -cf /dev/null client0 &
  await 30 "lease for dhclient" grep '^BOUND 10\.77\.0\.1' "$LAB/dhcp-events.log"
  kill "$(cat "$LAB/dhclient.pid")"
  wait $! || true
}
alone() { # SERVER: the client was reached by unicast, OFFER and ACK, and the bystander heard requests only
  local mac
  mac=$(on_client cat /sys/class/net/client0/address 2>/dev/null || on_client ip -o link show client0 | grep -Eo 'ether [0-9a-f:]+' | cut -c7-)
  cat "$LAB/heard-client0.txt" "$LAB/heard-bystander0.txt"
  [ "$(grep -Ec "^reply ${1//./\\.}:67 > 10\.[78]+\.0\.1[0-9]+:68 at ${mac//:/}.* ip-sum" "$LAB/heard-client0.txt")" = 2 ] &&
    [ "$(grep -c '^reply' "$LAB/heard-client0.txt")" = 2 ] &&
    grep -q '^request' "$LAB/heard-bystander0.txt" && ! grep -q '^reply' "$LAB/heard-bystander0.txt"
}
by_broadcast() { # SERVER: both replies, to everybody
  cat "$LAB/heard-bystander0.txt"
  [ "$(grep -c "^reply ${1//./\\.}:67 > 255.255.255.255:68 at ffffffffffff.* ip-sum" "$LAB/heard-bystander0.txt")" = 2 ]
}
checksums() { ! grep '^reply' "$LAB/heard-client0.txt" | grep -v 'ip-sum udp-sum'; }
statistics() { # WAY: and at least one reply by it
  "$HERE/slipway" shell --data "$DATA" dhcp:statistics </dev/null >"$LAB/statistics.txt"
  cat "$LAB/statistics.txt"
  grep -Eq "br0 .*$1" "$LAB/statistics.txt"
}

listen on_client client0
listen on_bystander bystander0
raw=-all,+net_bind_service,+net_raw
admin=-all,+net_bind_service,+net_admin
none=-all,+net_bind_service

printf 'subnet = 10.88.0.0/24\nrange = 10.88.0.100-10.88.0.199\n' >"$DATA/etc/io.slipway.dhcp.subnet-aside.cfg"
start "$raw" broadcast
check "broadcast: said at the start" told 'clients without an address on br0: broadcast'
check "broadcast: udhcpc has its lease" lease 10.77.0.119
check "broadcast: the bystander hears it" by_broadcast 10.77.0.1
check "broadcast, second subnet: udhcpc has its lease" lease 10.88.0.150
check "broadcast, second subnet: the source is the server's address there" by_broadcast 10.88.0.1

replies frame
check "frame: said at the change" told 'clients without an address on br0: frame'
check "frame, an ordinary user with CAP_NET_RAW: udhcpc has its lease" lease 10.77.0.120
check "frame: the bystander hears no reply" alone 10.77.0.1
check "frame: both checksums are right" checksums
check "frame: dhclient has its lease" dhclient_lease
check "frame, dhclient: the bystander hears no reply" alone 10.77.0.1
check "frame, second subnet: udhcpc has its lease" lease 10.88.0.151
check "frame, second subnet: the source is the server's address there" alone 10.88.0.1
check "frame: who asks for a broadcast has one" lease 10.77.0.121 -B
check "frame, flag: the bystander hears it" by_broadcast 10.77.0.1
ip link set br0 mtu 320 # a BOOTP message has 300 bytes without its headers
sleep 2 # until the server has seen it
lease 10.77.0.122 -t 1 -T 1 >"$LAB/fragments.txt" 2>&1 || true # udhcpc puts no fragments together
check "frame, larger than the MTU: broadcast, in fragments" \
  grep '^reply 10\.77\.0\.1:67 > 255\.255\.255\.255:68 at ffffffffffff' "$LAB/heard-bystander0.txt"
ip link set br0 mtu 1500
sleep 2
check "frame: shown with its counts" statistics '\W+frame\W+6\W+1\W'
check "nothing was refused" sh -c "! grep -E 'ERROR|WARN' '$LAB/server.log'"
stop

start "$none" frame
check "frame without CAP_NET_RAW: told, with the cure" told 'WARN.* broadcast on br0, though .*replies = frame: .*CAP_NET_RAW'
check "frame without CAP_NET_RAW: udhcpc has its lease" lease 10.77.0.123
check "frame without CAP_NET_RAW: by broadcast" by_broadcast 10.77.0.1
check "frame without CAP_NET_RAW: shown" statistics 'broadcast \(no frame\)'
replies arp
check "arp without CAP_NET_ADMIN: told, with the cure" told 'WARN.* broadcast on br0, though .*replies = arp: .*CAP_NET_ADMIN'
check "arp without CAP_NET_ADMIN: udhcpc has its lease" lease 10.77.0.124
check "arp without CAP_NET_ADMIN: by broadcast" by_broadcast 10.77.0.1
check "two warnings, and no other" sh -c "[ \$(grep -Ec 'ERROR|WARN' '$LAB/server.log') = 2 ]"
check "broadcast without any capability, second subnet" lease 10.88.0.152
check "broadcast without any capability: the source is the server's address there" by_broadcast 10.88.0.1
stop

start "$admin" arp
check "arp: said at the start" told 'clients without an address on br0: arp'
check "arp, an ordinary user with CAP_NET_ADMIN: udhcpc has its lease" lease 10.77.0.125
check "arp: the bystander hears no reply" alone 10.77.0.1
check "arp: dhclient has its lease" dhclient_lease
check "arp, dhclient: the bystander hears no reply" alone 10.77.0.1
check "arp, second subnet: udhcpc has its lease" lease 10.88.0.153
check "arp, second subnet: the source is the server's address there" alone 10.88.0.1
check "arp: shown with its counts" statistics '\W+arp\W+6\W+0\W+0\W'
check "nothing was refused" sh -c "! grep -E 'ERROR|WARN' '$LAB/server.log'"
stop
checks_end
