# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Real DHCP clients through all that RFC 2131 has them do: the four states of a REQUEST, RELEASE, DECLINE because of a
# squatter; a real relay agent with option 82; BOOTP; nmap's broadcast-dhcp-discover. What clients.sh shows is not here.
. "$HERE/e2e/checks.sh"

PROGRAMS=$HERE/target/e2e-packages # see unpack.sh
export LAB
lab_network
ip link set br0 address 02:00:00:77:00:fe
# dhcpcd keeps its leases there: in this mount namespace, not on the host
for folder in /var/lib/dhcpcd /run; do mount -t tmpfs none "$folder"; done
mkdir -p /run/dhcpcd /run/lock

host() { # NAME MAC: another host, in a network of its own, with the interface NAME at the other end of br0
  local name=$1
  touch "$LAB/$name" && unshare --net="$LAB/$name" true
  ip link add "to-$name" type veth peer name "$name" address "$2"
  ip link set "to-$name" master br0 up
  ip link set "$name" netns "$LAB/$name"
  on "$name" ip link set lo up
  on "$name" ip link set "$name" up
}
on() { # HOST COMMAND...
  local name=$1
  shift
  nsenter --net="$LAB/$name" "$@"
}
begin() { # HOST COMMAND...: the same with & behind, so that its process id is the command's; its script writes what happens
  local name=$1
  shift
  exec nsenter --net="$LAB/$name" env LAB="$LAB" EVENTS="$LAB/$name.events.log" "$@"
}
configure() { # PID LINE...
  local file=io.slipway.$1.cfg
  shift
  printf '%s\n' "$@" >"$LAB/configured"
  cp "$LAB/configured" "$DATA/etc/.$file" && mv "$DATA/etc/.$file" "$DATA/etc/$file"
}
count() { # KIND WHAT: the number that dhcp:statistics has for it
  lab_shell dhcp:statistics </dev/null | grep -E "^$1 .*[^A-Za-z]$2[^A-Za-z]" | grep -Eo '[0-9]+' | tail -n 1
}

mkdir -p "$DATA/etc"
configure dhcp.subnet-far 'subnet = 10.88.0.0/24' 'range = 10.88.0.100-10.88.0.149' \
  'range.port7 = 10.88.0.200-10.88.0.209' 'routers = 10.88.0.1' 'leaseTime = 20s' 'minLeaseTime = 20s'
configure dhcp.group-port7 'match.circuitId = agent-down' 'option.host-name = by-port-7' 'always = host-name'
lab_server
# 20 s is the least that dhcpcd takes; times early enough for dhclient, whose pauses grow, to rebind before its lease ends
configure dhcp.subnet-lan 'subnet = 10.77.0.0/24' "range = $LAB_RANGE" 'leaseTime = 20s' 'minLeaseTime = 20s' \
  'option.dhcp-renewal-time = 6' 'option.dhcp-rebinding-time = 9'

# ---- the four states ------------------------------------------------------------------------------------------------
host dhclient0 02:00:00:00:01:01
host dhcpcd0 02:00:00:00:01:02
host udhcpc0 02:00:00:00:01:03
printf 'duid\nnoarp\nnohook resolv.conf\noption subnet_mask, routers, dhcp_lease_time\n' >"$LAB/dhcpcd.conf"

events() { grep -E "^($2) " "$LAB/$1.events.log"; }
has_event() { events "$@" >/dev/null; }
with_events() { # HOST COMMAND...: its script writes into HOST.events
  local name=$1
  shift
  on "$name" env LAB="$LAB" EVENTS="$LAB/$name.events.log" "$@"
}
# What it sends by unicast goes to a host that is not there: a client that renews gets no answer, and rebinds by broadcast.
deaf() { on "$1" ip neighbour replace "$2" lladdr 02:00:00:00:00:99 dev "$1" nud permanent; } # HOST NEIGHBOUR
hears() { on "$1" ip neighbour del "$2" dev "$1"; }

dhclient_() { # HOW [ARGS...]
  "$1" dhclient0 dhclient -4 -v -e LAB="$LAB" -e EVENTS="$LAB/dhclient0.events.log" -sf "$HERE/e2e/dhcp-script.sh" \
    -lf "$LAB/dhclient0.leases" -pf "$LAB/dhclient0.pid" -cf /dev/null "${@:2}" dhclient0
}
dhcpcd_() { # HOW [ARGS...]
  "$1" dhcpcd0 dhcpcd -4 -B -d -f "$LAB/dhcpcd.conf" -c "$HERE/e2e/dhcp-script.sh" \
    -e LAB="$LAB" -e EVENTS="$LAB/dhcpcd0.events.log" "${@:2}" dhcpcd0
}

# It calls that a RENEW too: the second, and by broadcast, which was otherwise so only for what it was offered.
rebound_dhclient() {
  [ "$(grep -c '^RENEW ' "$LAB/dhclient0.events.log")" -ge 2 ] \
    && [ "$(grep -c 'DHCPREQUEST .* to 255.255.255.255' "$LAB/dhclient0.log")" -gt "$(grep -c DHCPOFFER "$LAB/dhclient0.log")" ]
}
walk_dhclient() {
  : >"$LAB/dhclient0.leases"
  dhclient_ begin -d -1 &
  local client=$!
  await 30 "BOUND of dhclient" has_event dhclient0 BOUND
  await 30 "RENEW of dhclient" has_event dhclient0 RENEW
  deaf dhclient0 "$LAB_ADDRESS"
  await 40 "rebinding of dhclient" rebound_dhclient
  hears dhclient0 "$LAB_ADDRESS"
  kill "$client"
  wait "$client" || true
  dhclient_ begin -d -1 &
  client=$!
  await 30 "REBOOT of dhclient" has_event dhclient0 REBOOT
  kill "$client"
  wait "$client" || true
  dhclient_ with_events -r
}
walk_dhcpcd() {
  dhcpcd_ begin &
  local client=$!
  await 30 "BOUND of dhcpcd" has_event dhcpcd0 BOUND
  await 30 "RENEW of dhcpcd" has_event dhcpcd0 RENEW
  deaf dhcpcd0 "$LAB_ADDRESS"
  await 40 "REBIND of dhcpcd" has_event dhcpcd0 REBIND
  hears dhcpcd0 "$LAB_ADDRESS"
  kill "$client" # without a RELEASE
  wait "$client" || true
  dhcpcd_ begin &
  client=$!
  await 30 "REBOOT of dhcpcd" has_event dhcpcd0 REBOOT
  kill -ALRM "$client" # with one
  wait "$client" || true
}
walk_udhcpc() { # which has no INIT-REBOOT
  begin udhcpc0 udhcpc -i udhcpc0 -f -R -t 5 -T 2 -s "$HERE/e2e/dhcp-script.sh" &
  local client=$!
  await 30 "lease of udhcpc" has_event udhcpc0 bound
  await 30 "renewal of udhcpc" has_event udhcpc0 renew
  deaf udhcpc0 "$LAB_ADDRESS"
  await 40 "rebinding of udhcpc" grep -q 'broadcasting renew' "$LAB/udhcpc0.log"
  await 10 "end of the rebinding of udhcpc" renewals udhcpc0 2
  hears udhcpc0 "$LAB_ADDRESS"
  kill -TERM "$client" # which is to release, for -R
  wait "$client" || true
}
renewals() { [ "$(grep -c '^renew ' "$LAB/$1.events.log")" -ge "$2" ]; } # HOST NUMBER
walks=()
for client in dhclient dhcpcd udhcpc; do
  : >"$LAB/${client}0.events.log"
  (walk_$client) >"$LAB/${client}0.log" 2>&1 &
  walks+=($!)
done
for walk in "${walks[@]}"; do wait "$walk" || true; done
one_address() { # HOST EVENTS: each of them was seen, all with one address of the pool
  local name=$1 event
  shift
  for event in "$@"; do has_event "$name" "$event" || { echo "no $event"; tail -n 12 "$LAB/$name.log"; return 1; }; done
  [ "$(events "$name" "$(IFS='|'; echo "$*")" | cut -d' ' -f2 | sort -u | grep -Ec '^10\.77\.0\.1[0-9]{2}$')" = 1 ] \
    && [ "$(events "$name" "$(IFS='|'; echo "$*")" | cut -d' ' -f2 | sort -u | wc -l)" = 1 ]
}
check "dhclient: selecting, renewing, rebinding, init-reboot: one address" one_address dhclient0 BOUND RENEW REBOOT
check "dhclient rebinds by broadcast" rebound_dhclient
check "dhcpcd: selecting, renewing, rebinding, init-reboot: one address" one_address dhcpcd0 BOUND RENEW REBIND REBOOT
check "udhcpc: selecting, renewing, rebinding: one address" one_address udhcpc0 bound renew
check "udhcpc rebinds by broadcast" grep -q 'broadcasting renew' "$LAB/udhcpc0.log"
check "udhcpc renews by unicast" grep -q 'sending renew' "$LAB/udhcpc0.log"
check "nobody was refused" sh -c "! grep -Eiq 'DHCPNAK|received NAK|nak ' '$LAB/dhclient0.log' '$LAB/dhcpcd0.log' '$LAB/udhcpc0.log'"
released() { # HOST: its lease, for that of dhcp:leases --expired
  local address
  address=$(events "$1" 'BOUND|bound' | head -n 1 | cut -d' ' -f2)
  lab_shell dhcp:leases --expired </dev/null | grep -E "$address[^0-9].*released"
}
for client in dhclient dhcpcd udhcpc; do
  check "$client releases its address" await 10 "RELEASE of $client" released "${client}0"
done

# ---- a squatter -----------------------------------------------------------------------------------------------------
host squatter0 02:00:00:00:01:09
last() { events "$1" "$2" | tail -n 1 | cut -d' ' -f2; } # HOST EVENTS: the address that it was given last
forget() { # HOST: its address, and what its script wrote
  on "$1" ip address flush dev "$1"
  : >"$LAB/$1.events.log"
}
squat() { on squatter0 ip address add "$1/24" dev squatter0; }
# udhcpc -a and dhcpcd ask by ARP whether anybody has what they were given
lease_of_udhcpc() { with_events udhcpc0 timeout 30 udhcpc -i udhcpc0 -n -q -f -a -t 5 -T 1 -s "$HERE/e2e/dhcp-script.sh"; }
lease_of_dhcpcd() { dhcpcd_ with_events -1 -t 30; }
declines() { # HOST EVENT COMMAND...: it is given the address that it had, which is taken, and gets another one
  local name=$1 event=$2 taken
  shift 2
  taken=$(events "$name" 'BOUND|bound' | head -n 1 | cut -d' ' -f2)
  forget "$name"
  squat "$taken"
  "$@" || true
  await 40 "lease beside the squatter" has_event "$name" "$event"
  echo "had $taken, has $(last "$name" "$event")"
  [ "$(last "$name" "$event")" != "$taken" ]
  lab_shell dhcp:leases </dev/null | grep -E "$taken[^0-9].*declined"
}
check "udhcpc declines an address that a squatter has, and gets another one" declines udhcpc0 bound lease_of_udhcpc
sed -i '/^noarp$/d' "$LAB/dhcpcd.conf"
rm -f /var/lib/dhcpcd/*.lease*
check "dhcpcd declines an address that a squatter has, and gets another one" declines dhcpcd0 BOUND lease_of_dhcpcd
check "the operator is told who squats" grep -E 'was declined by 02:00:00:00:01:0[23]' "$LAB/server.log"
check "both were counted" [ "$(count dropped declined)" -ge 2 ]

# ---- a relay agent --------------------------------------------------------------------------------------------------
host agent-up 02:00:00:00:02:01
on agent-up ip address add 10.77.0.3/24 dev agent-up
touch "$LAB/far0" && unshare --net="$LAB/far0" true
ip link add agent-down type veth peer name far0 address 02:00:00:00:02:02
ip link set agent-down netns "$LAB/agent-up"
ip link set far0 netns "$LAB/far0"
on far0 ip link set lo up
on far0 ip link set far0 up
on agent-up ip address add 10.88.0.1/24 dev agent-down
on agent-up ip link set agent-down up
on agent-up sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
ip route add 10.88.0.0/24 via 10.77.0.3 # replies go to giaddr
relay() { # dhcrelay adds option 82, and drops replies that do not bring it back (-D)
  on agent-up "$PROGRAMS/usr/sbin/dhcrelay" -4 -d --no-pid -a -D -id agent-down -iu agent-up "$LAB_ADDRESS" >"$LAB/relay.log" 2>&1 &
  await 10 "relay agent" grep -q 'Sending on' "$LAB/relay.log"
}
check "dhcrelay is there" test -x "$PROGRAMS/usr/sbin/dhcrelay"
relay
lease_far() { with_events far0 timeout 30 udhcpc -i far0 -n -q -f -t 5 -T 1 -O hostname -s "$HERE/e2e/dhcp-script.sh"; }
: >"$LAB/far0.events.log"
check "a client behind dhcrelay gets a lease, so option 82 came back" lease_far
check "it is of the pool that is kept for its circuit identifier" grep -E '^bound 10\.88\.0\.20[0-9] ' "$LAB/far0.events.log"
walk_far() { # renewing past the relay agent, and rebinding through it
  on far0 ip route replace default via 10.88.0.1
  begin far0 udhcpc -i far0 -f -R -t 5 -T 1 -s "$HERE/e2e/dhcp-script.sh" >"$LAB/far0.log" 2>&1 &
  local client=$!
  await 30 "lease behind the relay agent" grep -q 'obtained' "$LAB/far0.log"
  kill -USR1 "$client"
  await 10 "renewal past the relay agent" renewals far0 1
  grep 'sending renew' "$LAB/far0.log"
  # not as above: dhcrelay takes what it hears, whomever it is for
  on far0 ip route add blackhole "$LAB_ADDRESS/32"
  await 40 "rebinding through the relay agent" grep -q 'broadcasting renew' "$LAB/far0.log"
  await 10 "end of the rebinding" renewals far0 2
  on far0 ip route del blackhole "$LAB_ADDRESS/32"
  kill -TERM "$client"
  wait "$client" || true
}
check "it renews past the relay agent and rebinds through it" walk_far
check "it kept its address all the time" sh -c "[ \$(grep -E '^(bound|renew) ' '$LAB/far0.events.log' | cut -d' ' -f2 | sort -u | wc -l) = 1 ]"
check "its RELEASE arrives" await 10 "RELEASE from far" sh -c "'$HERE/slipway' shell --data '$DATA' dhcp:leases --expired </dev/null | grep -E '10.88.0.20[0-9].*released'"

# ---- BOOTP ----------------------------------------------------------------------------------------------------------
host bootp0 02:00:00:00:03:01
bootp() {
  on bootp0 ip route replace default dev bootp0
  on bootp0 timeout 30 "$PROGRAMS/sbin/bootpc" --dev bootp0 --timeoutwait 10 --returniffail --server 255.255.255.255 >"$LAB/bootpc.log"
  cat "$LAB/bootpc.log"
  grep -E "^IPADDR='?10\.77\.0\.1[0-9]{2}" "$LAB/bootpc.log"
}
check "bootpc, a BOOTP client, gets an address" bootp
check "the same one again" sh -c "before=\$(grep ^IPADDR '$LAB/bootpc.log'); nsenter --net='$LAB/bootp0' '$PROGRAMS/sbin/bootpc' --dev bootp0 --timeoutwait 10 --returniffail --server 255.255.255.255 | grep -F \"\$before\""
check "it is a lease for days" sh -c "'$HERE/slipway' shell --data '$DATA' dhcp:leases </dev/null | grep -E '02:00:00:00:03:01.* 29d|02:00:00:00:03:01.* 30d'"

# ---- nmap -----------------------------------------------------------------------------------------------------------
discover() {
  on squatter0 nmap --script broadcast-dhcp-discover -e squatter0 >"$LAB/nmap.log" 2>&1
  cat "$LAB/nmap.log"
  grep -q "Server Identifier: $LAB_ADDRESS" "$LAB/nmap.log" && grep -Eq 'IP Offered: 10\.77\.0\.1[0-9]{2}' "$LAB/nmap.log"
}
check "nmap's broadcast-dhcp-discover finds the server and an offer" discover
check "nothing failed inside" sh -c "! grep -E ' ERROR |handler .* failed' '$LAB/server.log'"
checks_end
