# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Beside other DHCP servers: mode auto comes and goes with them, each is listed, a rogue is told of, and one port is shared.
. "$HERE/e2e/checks.sh"

lab_network
ip link set br0 address 02:00:00:77:00:fe
lab_client
lab_foreign
export LAB

says() { grep -Eq "$1" "$LAB/server.log"; }
shell_says() { lab_shell "$1" </dev/null | grep -Eq "$2"; }
lease() { # PREFIX: a new lease whose address begins so
  : >"$LAB/dhcp-events.log"
  on_client ip address flush dev client0
  on_client env LAB="$LAB" timeout 20 udhcpc -i client0 -n -q -f -t 5 -T 2 -s "$HERE/e2e/dhcp-script.sh" || return 1
  grep -q "^bound $1" "$LAB/dhcp-events.log"
}

# ---- auto ---------------------------------------------------------------------------------------------------------
lab_dnsmasq on_foreign foreign0 --dhcp-boot=other.0,other,10.77.0.9
lab_proxy auto silence=25s probeInterval=10s
lab_server
check "auto: it gives way to the server that answers its probe" await 20 "proxy" says 'proxyDHCP on br0 from now on: DHCP server 10\.77\.0\.2'
check "auto: a client gets its address from that server" lease 10.77.0.5
check "auto: and none from this one" shell_says dhcp:leases '^No leases'
check "dhcp:servers says what this server is" shell_says dhcp:servers '^br0: proxy \(auto\)'
check "dhcp:servers shows what the other offers" shell_says dhcp:servers \
  'br0 .*10\.77\.0\.2 .*no .*10\.77\.0\.5[0-9] for 3600 s, router 10\.77\.0\.2, boot file other\.0 of 10\.77\.0\.9'
check "a probe takes no address" sh -c "! grep -q 02:00:00:77:00:fe '$LAB/foreign.leases'"
check "a server that belongs there is no warning" sh -c "! grep -q 'another DHCP server' '$LAB/server.log'"
lab_dnsmasq_stop
check "auto: it serves again when the other is silent" await 60 "full server" says 'full DHCP server on br0 from now on'
check "auto: and leases addresses then" lease 10.77.0.1
lab_dnsmasq on_foreign foreign0
check "auto: it gives way again" await 30 "proxy" shell_says dhcp:servers '^br0: proxy \(auto\)'
check "auto: and the client gets its address from the other" lease 10.77.0.5
lab_dnsmasq_stop

# ---- a rogue ------------------------------------------------------------------------------------------------------
lab_proxy server silence=25s probeInterval=10s known=10.77.0.2
on_foreign ip address flush dev foreign0
on_foreign ip address add 10.77.0.3/24 dev foreign0
lab_dnsmasq on_foreign foreign0
check "a server that is not known is told of, with the cure" await 40 "warning" \
  says 'WARN .*another DHCP server, 10\.77\.0\.3, answers on br0 \(10\.77\.0\.5.*add it to known in etc/io\.slipway\.dhcp\.proxy\.cfg'
sleep 12 # one more probe
check "and told of once" sh -c "[ \$(grep -c 'another DHCP server' '$LAB/server.log') = 1 ]"
lab_dnsmasq_stop
lab_proxy nonsense
check "a wrong mode is one clear line" await 15 "refusal" says "mode = 'nonsense'; expected server, proxy or auto; the former"

# ---- the same host ------------------------------------------------------------------------------------------------
env dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --user=root --interface=br0 --bind-interfaces \
  --dhcp-range=10.77.0.50,10.77.0.59,1h --pid-file= >"$LAB/refused.log" 2>&1 && refused=no || refused=yes
check "without being told to share, the port is this server's" [ "$refused" = yes ]
lab_proxy proxy probeInterval=10s silence=25s
sed -i 's|dhcp:67,|dhcp:67/shared,|' "$DATA/etc/io.slipway.sockets.cfg"
grep -q '^doors' "$DATA/etc/io.slipway.sockets.cfg" \
  || printf 'doors = dhcp:67/shared, pxe:4011, tftp:69, http:80/tcp\n' >>"$DATA/etc/io.slipway.sockets.cfg"
sleep 5
lab_dnsmasq env br0 --dhcp-range=10.77.0.50,10.77.0.59,2m
check "shared: a client gets its address from the server of this host" lease 10.77.0.5
check "shared: it is listed under this server's own address" await 20 "server" shell_says dhcp:servers 'br0 .*10\.77\.0\.1 '
renew() { # what is unicast reaches one of the two sockets; the client asks by broadcast then
  on_client ip address flush dev client0
  : >"$LAB/dhcp-events.log"
  on_client env LAB="$LAB" udhcpc -i client0 -f -t 5 -T 2 -p "$LAB/udhcpc.pid" -s "$HERE/e2e/dhcp-script.sh" &
  await 20 "lease" grep -q '^bound' "$LAB/dhcp-events.log"
  kill -USR1 "$(cat "$LAB/udhcpc.pid")"
  await 30 "renewal" grep -q '^renew 10.77.0.5' "$LAB/dhcp-events.log"
  kill "$(cat "$LAB/udhcpc.pid")"
}
check "shared: and renews its lease" renew
check "shared: this server has refused nobody" sh -c "! '$HERE/slipway' shell --data '$DATA' dhcp:statistics </dev/null | grep NAK"
checks_end
