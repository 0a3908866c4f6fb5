# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Moving in from ISC dhcpd: a machine keeps the address that the other server leased it; and out again, to Kea.
. "$HERE/e2e/checks.sh"

lab_network
lab_client
lab_server
CLIENT_MAC=$(client_mac)

cat >"$LAB/dhcpd.conf" <<CONF
option domain-name "moved.example";
default-lease-time 3600;
subnet 10.77.0.0 netmask 255.255.255.0 {
  option routers $LAB_ADDRESS;
  range 10.77.0.100 10.77.0.199;
}
host printer {
  hardware ethernet 52:54:00:77:00:09;
  fixed-address 10.77.0.30;
}
omapi-port 7911;
CONF
cat >"$LAB/dhcpd.leases" <<LEASES
lease 10.77.0.177 {
  starts epoch $(date +%s);
  ends epoch $(($(date +%s) + 3000));
  binding state active;
  hardware ethernet $CLIENT_MAC;
  client-hostname "moved";
}
lease 10.77.0.30 {
  starts epoch $(date +%s);
  ends epoch $(($(date +%s) + 3000));
  binding state active;
  hardware ethernet 52:54:00:77:00:08;
}
LEASES

moves_in() { # EXPECTED-STATUS ARGS...: into import.txt
  local expected=$1 status=0
  shift
  lab_shell "dhcp:import $*" </dev/null >"$LAB/import.txt" 2>&1 || status=$?
  cat "$LAB/import.txt"
  [ "$expected" = failure ] && [ "$status" -ne 0 ] || [ "$expected" = "$status" ]
}
says() { grep -Fq "$1" "$LAB/import.txt"; }
moved=$LAB/moved
subnet=io.slipway.dhcp.subnet-10.77.0.0-24.cfg

check "it is translated into a folder" moves_in 0 "$LAB/dhcpd.conf --from isc --leases $LAB/dhcpd.leases --to $moved"
check "what is not is told with file and line" says 'dhcpd.conf:11: omapi-port 7911: '
check "the network is a file" grep -qx 'range = 10.77.0.100-10.77.0.199' "$moved/$subnet"
check "the host is a machine" grep -q '10.77.0.30' "$moved/boot/imported.yaml"
check "it would collide with the network that the first start made, and that is told" says 'overlap'
check "nothing is changed then" moves_in failure "$LAB/dhcpd.conf --from isc --leases $LAB/dhcpd.leases --apply"
check "nothing is in etc/" sh -c "! ls '$DATA/etc' | grep '$subnet'"
check "no lease is taken" sh -c "! '$HERE/slipway' shell --data '$DATA' dhcp:leases </dev/null | grep 10.77.0.177"
printf 'subnet 10.77.0.0 netmask 255.255.255.0 {\n  range 10.77.0.9' >"$LAB/broken.conf"
check "a broken file is refused with its line" moves_in failure "$LAB/broken.conf --from isc --apply"
check "the line is the statement's" says 'broken.conf:2: '

rm "$DATA/etc/io.slipway.dhcp.subnet-lan.cfg"
applied() { moves_in 0 "$LAB/dhcpd.conf --from isc --leases $LAB/dhcpd.leases --apply"; }
check "without that network it is applied" await 20 "import" applied
check "one lease is taken" says '1 leases are taken'
check "the other is told: its address is reserved" says '10.77.0.30 of 52:54:00:77:00:08: '
check "the machine is known" await 20 "machine" sh -c "'$HERE/slipway' shell --data '$DATA' machine:list </dev/null | grep printer"

: >"$LAB/dhcp-events.log"
export LAB
check "the client gets a lease" on_client env LAB="$LAB" timeout 30 udhcpc -i client0 -n -q -f -s "$HERE/e2e/dhcp-script.sh"
check "it is the address that the other server leased" grep -q '^bound 10\.77\.0\.177 ' "$LAB/dhcp-events.log"
check "nothing of it is an error" sh -c "! grep ERROR '$LAB/server.log'"

kea() { lab_shell "dhcp:export --format $1 $LAB/$2" </dev/null; }
check "the rest is written for Kea" kea kea-json kea.json
check "the leases are written for Kea" kea kea-csv kea.csv
check "Kea's file has the lease" grep -q "^10.77.0.177,$CLIENT_MAC," "$LAB/kea.csv"
check "what is written for Kea can be read" moves_in 0 "$LAB/kea.json --from kea --leases $LAB/kea.csv --to $LAB/again"
check "it is the same network" cmp <(grep -v '^#' "$moved/$subnet") <(grep -v '^#' "$LAB/again/$subnet")
kill -9 "$SERVER"
wait "$SERVER" 2>/dev/null || true
lab_serve "$HERE/slipway" run --interface br0 --data "$DATA" # the network is the one that was moved in
check "no other network is made by the next start" sh -c "! ls '$DATA/etc' | grep subnet-lan"
# a server that has just become ready may not take a shell at once
leased() { lab_shell dhcp:leases </dev/null | grep 10.77.0.177; }
check "the lease is there after kill -9" await 20 "lease" leased
checks_end
