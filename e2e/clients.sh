# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Real DHCP and TFTP clients, and bad input, against one server.
. "$HERE/e2e/checks.sh"

lab_network
ip link set br0 address 02:00:00:77:00:fe
lab_client

mkdir -p "$LAB/tftp/sub" "$DATA/etc"
head -c 40000000 /dev/urandom >"$LAB/tftp/big.bin"
head -c 1024 /dev/urandom >"$LAB/tftp/exact.bin"
printf 'one\ntwo\n\nthree\n' >"$LAB/tftp/text.txt"
: >"$LAB/tftp/empty.bin"
echo secret >"$LAB/outside.txt"
ln -s ../outside.txt "$LAB/tftp/leak.txt"
ln -s big.bin "$LAB/tftp/inside.bin"
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
lab_server

# ---- DHCP ---------------------------------------------------------------------------------------------------------
export LAB
in_pool() { grep -Eq "^$1 10\.77\.0\.1[0-9]{2} 255\.255\.255\.0" "$LAB/dhcp-events.log"; }
dhclient_once() {
  on_client env LAB="$LAB" dhclient -4 -1 -v -d -e LAB="$LAB" -sf "$HERE/e2e/dhcp-script.sh" -lf "$LAB/dhclient.leases" \
    -pf "$LAB/dhclient.pid" -cf /dev/null client0 &
  await 30 "lease for dhclient" in_pool "$1"
  kill %% 2>/dev/null || kill $!
}
: >"$LAB/dhcp-events.log" && : >"$LAB/dhclient.leases"
check "dhclient gets a lease (DISCOVER, OFFER, REQUEST, ACK)" dhclient_once BOUND
check "dhclient gets the same lease again (INIT-REBOOT)" dhclient_once REBOOT
check "both leases are one address" sh -c "[ \$(grep -Eo '(BOUND|REBOOT) [0-9.]+' '$LAB/dhcp-events.log' | cut -d' ' -f2 | sort -u | wc -l) = 1 ]"
: >"$LAB/dhcp-events.log"
check "udhcpc gets a lease" on_client env LAB="$LAB" timeout 30 udhcpc -i client0 -n -q -f -s "$HERE/e2e/dhcp-script.sh"
check "udhcpc's lease is in the pool" in_pool bound
check "dhcp:leases lists the lease" sh -c "'$HERE/slipway' shell --data '$DATA' dhcp:leases </dev/null | grep 10.77.0.1"

# ---- what operators do to leases ----------------------------------------------------------------------------------
shell_says() { lab_shell "$1" </dev/null | grep -E "$2"; } # COMMAND PATTERN
shell_refuses() { # COMMAND PATTERN: it fails, and says why
  if lab_shell "$1" </dev/null >"$LAB/refusal" 2>&1; then return 1; fi
  grep -E "$2" "$LAB/refusal"
}
client_leases() { lab_shell "dhcp:leases --mac $(client_mac) --state bound" </dev/null; }
client_address() { client_leases | grep -Eo '10\.77\.0\.[0-9]+' | head -n 1; }
check "dhcp:leases filters by MAC and network" shell_says "dhcp:leases --mac $(client_mac) --in 10.77.0.0/24 --sort end" '10\.77\.0\.1'
check "dhcp:leases shows nothing of another network" shell_says "dhcp:leases --in 10.78.0.0/24" '^No such leases'
check "dhcp:lease tells its pool" shell_says "dhcp:lease $(client_mac)" "^Pool +$LAB_RANGE"
check "dhcp:pools counts it" shell_says dhcp:pools "$LAB_RANGE[^0-9]+100[^0-9]+1[^0-9]"
check "dhcp:release frees it" shell_says "dhcp:release $(client_address)" 'is free now: bound to'
check "dhcp:leases does not show it any more" sh -c "! '$HERE/slipway' shell --data '$DATA' 'dhcp:leases' </dev/null | grep '$(client_mac)'"
check "what has no lease cannot be released, and the status says so" sh -c "! '$HERE/slipway' shell --data '$DATA' 'dhcp:release $(client_mac)' </dev/null"
for wrong in "10.77.0.255|broadcast address" "10.77.0.0|network address" "$LAB_ADDRESS|router|server's own" "10.99.0.1|no subnet"; do
  check "dhcp:reserve refuses ${wrong%%|*}" shell_refuses "dhcp:reserve $(client_mac) ${wrong%%|*}" "${wrong#*|}"
done
check "dhcp:reserve reserves another one" shell_says "dhcp:reserve $(client_mac) 10.77.0.42 --name lab-client" '10\.77\.0\.42 is reserved for machine lab-client'
: >"$LAB/dhcp-events.log"
udhcpc_once() { on_client env LAB="$LAB" timeout 30 udhcpc -i client0 -n -q -f -s "$HERE/e2e/dhcp-script.sh"; }
check "udhcpc asks again" udhcpc_once
check "and gets what is reserved" grep -q '^bound 10\.77\.0\.42 ' "$LAB/dhcp-events.log"
# What a client would get is what it got, and asking changes nothing.
check "dhcp:simulate tells which address it would be offered" shell_says "dhcp:simulate --mac $(client_mac)" '10\.77\.0\.42'
check "dhcp:simulate shows each handler's part" shell_says "dhcp:simulate --mac $(client_mac) --type request" 'address'
check "dhcp:simulate says why firmware gets nothing to boot" shell_says "dhcp:simulate --mac $LAB_MAC --arch bios-x86" 'no policy has a rule'
check "and leases nothing to it" sh -c "! '$HERE/slipway' shell --data '$DATA' 'dhcp:leases --mac $LAB_MAC' </dev/null | grep -q '10\.77\.0'"
check "dhcp:simulate refuses what is no MAC address" shell_refuses "dhcp:simulate --mac 52:54" '52:54'
capture() { # a DISCOVER of the client as raw IPv4 in a pcap file
  perl -e '
    my $mac = pack "H12", join "", split /:/, shift;
    my $dhcp = pack("C4 N n n a16 a6 x10 x192 N", 1, 1, 6, 0, 0x5117, 0, 0x8000, "\0" x 16, $mac, 0x63825363)
      . pack("C*", 53, 1, 1, 55, 4, 1, 3, 51, 54, 255);
    my $udp = pack("n4", 68, 67, 8 + length $dhcp, 0) . $dhcp;
    my $ip = pack("C2 n3 C2 n N N", 0x45, 0, 20 + length $udp, 0, 0, 64, 17, 0, 0, 0xffffffff) . $udp;
    print pack("V v2 V4", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101), pack("V4", 0, 0, (length $ip) x 2), $ip' "$1" >"$LAB/discover.pcap"
}
capture "$(client_mac)"
check "dhcp:replay answers what a capture asks" shell_says "dhcp:replay $LAB/discover.pcap --all" '10\.77\.0\.42'
printf 'no capture' >"$LAB/broken.pcap"
check "dhcp:replay names a file that is no capture" shell_refuses "dhcp:replay $LAB/broken.pcap" 'broken\.pcap'
check "dhcp:leases tells the machine's name" shell_says "dhcp:leases --machine lab-*" '10\.77\.0\.42 .*lab-client'
check "dhcp:pools tells what is reserved outside of pools" shell_says dhcp:pools 'reserved outside of pools[^0-9]+1[^0-9]+1[^0-9]'
check "dhcp:reserve --remove takes it away" shell_says "dhcp:reserve 10.77.0.42 --remove" 'no longer reserved for machine lab-client'
check "dhcp:release takes the machine's name" shell_says "dhcp:release lab-client" '10\.77\.0\.42 is free now'
check "udhcpc asks once more" udhcpc_once
check "and is in the pool again" in_pool bound

# ---- TFTP ---------------------------------------------------------------------------------------------------------
same() { cmp "$LAB/tftp/$1" "$LAB/got"; }
fetch() { # FILE COMMAND...: the command leaves the file in $LAB/got
  local file=$1
  shift
  rm -f "$LAB/got"
  on_client timeout 120 "$@" && same "$file"
}
url=tftp://$LAB_ADDRESS
check "tftp-hpa fetches 40 MB" fetch big.bin tftp -m binary "$LAB_ADDRESS" -c get big.bin "$LAB/got"
check "atftp fetches 40 MB" fetch big.bin atftp --get -r big.bin -l "$LAB/got" "$LAB_ADDRESS"
check "atftp fetches 40 MB, blksize 1428" fetch big.bin atftp --option "blksize 1428" --get -r big.bin -l "$LAB/got" "$LAB_ADDRESS"
check "curl fetches 40 MB, blksize 512 and no options" fetch big.bin curl -sS --tftp-no-options -o "$LAB/got" "$url/big.bin"
check "curl fetches 40 MB, blksize 1428" fetch big.bin curl -sS --tftp-blksize 1428 -o "$LAB/got" "$url/big.bin"
check "curl fetches 40 MB, blksize 8192 asked" fetch big.bin curl -sS --tftp-blksize 8192 -o "$LAB/got" "$url/big.bin"
datagrams() { on_client awk '/^Udp: [0-9]/ { print $2 }' /proc/net/snmp; }
windows() { fetch big.bin atftp --option "blksize 1428" --option "windowsize $1" --get -r big.bin -l "$LAB/got" "$LAB_ADDRESS"; }
slowly() { # over a network that is slower than the server: what the kernel has no room for waits, and is not lost
  local status=0 count
  tc qdisc add dev br0 root tbf rate 240mbit burst 128kb limit 2mb || return 1
  count=$(datagrams)
  windows 512 || status=1
  count=$(($(datagrams) - count))
  tc qdisc del dev br0 root
  echo "$count datagrams"
  # A busy machine is silent now and then for longer than it was before, and is sent a window again.
  [ "$status" -eq 0 ] && [ "$count" -lt $((2 * 40000000 / 1428)) ]
}
check "atftp fetches 40 MB in windows of 16" windows 16
check "atftp fetches 40 MB in windows that the socket has no room for" slowly
narrowly() { # over a way that carries less than the interface that it begins with: the kernel sends fragments
  local way status=0
  way=$(on_client ip -4 -o address show dev client0 | sed -nE 's#.* inet ([0-9.]+)/.*#\1#p' | head -n 1)
  ip route add "$way/32" dev br0 mtu 1000
  windows 16 || status=1
  ip route del "$way/32" dev br0
  return "$status"
}
check "atftp fetches 40 MB in windows over a narrow way" narrowly
full() { # no socket can be had: said, and over as soon as one can
  local before status=0
  before=$(awk '/^Max open files/ { print $4 }' "/proc/$SERVER/limits")
  prlimit --pid "$SERVER" --nofile="$(ls "/proc/$SERVER/fd" | wc -l):"
  on_client timeout 3 curl -sS --tftp-blksize 1428 -o "$LAB/got" "$url/big.bin" && status=1
  prlimit --pid "$SERVER" --nofile="$before:"
  [ "$status" -eq 0 ] && grep 'no socket for a TFTP transfer.*ulimit -n' "$LAB/server.log" &&
    fetch big.bin curl -sS --tftp-blksize 1428 -o "$LAB/got" "$url/big.bin"
}
check "too many open files are one clear line, and no harm" full
check "tftp-hpa fetches a text as netascii" fetch text.txt tftp -m ascii "$LAB_ADDRESS" -c get text.txt "$LAB/got"
check "busybox tftp fetches 40 MB" fetch big.bin busybox tftp -g -b 1428 -r big.bin -l "$LAB/got" "$LAB_ADDRESS"
check "a file of whole blocks" fetch exact.bin curl -sS --tftp-blksize 512 -o "$LAB/got" "$url/exact.bin"
check "an empty file" fetch empty.bin tftp -m binary "$LAB_ADDRESS" -c get empty.bin "$LAB/got"
check "a link that stays inside" fetch inside.bin curl -sS --tftp-blksize 1428 -o "$LAB/got" "$url/inside.bin"
parallel_fetches() {
  local i fetches=()
  for i in $(seq 20); do
    on_client timeout 120 curl -sS --tftp-blksize 1428 -o "$LAB/got.$i" "$url/big.bin" &
    fetches+=($!)
  done
  wait "${fetches[@]}"
  for i in $(seq 20); do cmp "$LAB/tftp/big.bin" "$LAB/got.$i" || return 1; done
  rm -f "$LAB"/got.*
}
check "20 clients at once, 40 MB each" parallel_fetches

# ---- TFTP, what clients send --------------------------------------------------------------------------------------
head -c 3000000 /dev/urandom >"$LAB/dump.bin"
head -c 1024 /dev/urandom >"$LAB/whole-blocks.bin"
printf 'one\ntwo\r\n\nthree\n' >"$LAB/notes.txt"
uploads=$LAB/uploads
# PUT FILE NAME COMMAND...: what the command sends is kept under a name that ends with NAME
put() {
  local file=$1 name=$2 kept
  shift 2
  rm -f "$uploads"/*
  on_client timeout 60 "$@"
  kept=$(ls "$uploads")
  echo "kept: $kept"
  [[ $kept =~ ^[0-9a-f.-]+-[0-9]{8}T[0-9.]+Z-$name$ ]] && [ "$(stat -c %a "$uploads/$kept")" = 600 ] && cmp "$LAB/$file" "$uploads/$kept"
}
refused_put() { # PATTERN COMMAND...: the client says so, and nothing is kept
  local pattern=$1
  shift
  rm -f "$uploads"/*
  on_client timeout 60 "$@" >"$LAB/refusal" 2>&1 || true
  cat "$LAB/refusal"
  grep -qiE "$pattern" "$LAB/refusal" && [ -z "$(ls "$uploads" 2>/dev/null)" ]
}
curl_put=(curl -sSv --tftp-blksize 1428 -T "$LAB/dump.bin")
check "off by default: a put is refused" refused_put 'access violation' "${curl_put[@]}" "$url/dump.bin"
printf 'uploads = %s\nuploadsFrom = 10.77.0.0/24\nmaximumUploadSize = 4M\n' "$uploads" >"$DATA/etc/.tftp.cfg"
mv "$DATA/etc/.tftp.cfg" "$DATA/etc/io.slipway.tftp.server.cfg"
check "it is configured" await 20 "folder for uploads" test -d "$uploads"
check "curl puts 3 MB" put dump.bin dump.bin "${curl_put[@]}" "$url/dump.bin"
check "curl puts whole blocks, without options" put whole-blocks.bin w.bin curl -sS --tftp-no-options -T "$LAB/whole-blocks.bin" "$url/w.bin"
check "atftp puts 3 MB" put dump.bin dump.bin atftp --put -l "$LAB/dump.bin" -r dump.bin "$LAB_ADDRESS"
check "atftp puts 3 MB in windows of 16" put dump.bin dump.bin atftp --option "blksize 1428" --option "windowsize 16" --put -l "$LAB/dump.bin" -r dump.bin "$LAB_ADDRESS"
check "tftp-hpa puts 3 MB" put dump.bin dump.bin tftp -m binary "$LAB_ADDRESS" -c put "$LAB/dump.bin" dump.bin
check "busybox tftp puts 3 MB" put dump.bin dump.bin busybox tftp -p -l "$LAB/dump.bin" -r dump.bin "$LAB_ADDRESS"
check "tftp-hpa puts a text as netascii" put notes.txt notes.txt tftp -m ascii "$LAB_ADDRESS" -c put "$LAB/notes.txt" notes.txt
check "a name that climbs stays in the folder" put whole-blocks.bin '\.\._\.\._etc_passwd' tftp -m binary "$LAB_ADDRESS" -c put "$LAB/whole-blocks.bin" ../../etc/passwd
what_is_kept_is_not_served() { ! on_client timeout 20 curl -sS -o "$LAB/got" "$url/$(ls "$uploads")" && ! on_client timeout 20 curl -sS -o "$LAB/got" "$url/uploads/$(ls "$uploads")"; }
check "what is kept cannot be fetched" what_is_kept_is_not_served
check "the log has its digest" grep -E "upload .*-dump\.bin of 10\.77\.0\.[0-9]+ completed: 'dump\.bin', sha256:$(sha256sum "$LAB/dump.bin" | cut -c1-64); 3000000 bytes" "$LAB/server.log"
head -c 5000000 /dev/urandom >"$LAB/large.bin"
check "what is too large is refused" refused_put 'disk full|allocation' curl -sSv -T "$LAB/large.bin" "$url/large.bin"
check "tftp:transfers shows the limit" shell_says tftp:transfers '^Uploads: 0 of 8 \(maximumUploads\)'
printf 'uploads = %s/tftp/sub\nuploadsFrom = 10.77.0.0/24\n' "$LAB" >"$DATA/etc/.tftp.cfg"
mv "$DATA/etc/.tftp.cfg" "$DATA/etc/io.slipway.tftp.server.cfg"
uploads=$LAB/tftp/sub
served_folder() { refused_put 'access violation' "${curl_put[@]}" "$url/dump.bin" && grep -q 'are refused, since machines could fetch them' "$LAB/server.log"; }
check "a folder that is served takes nothing" await 20 "refusal of the served folder" served_folder
rm "$DATA/etc/io.slipway.tftp.server.cfg"

# ---- bad input ----------------------------------------------------------------------------------------------------
curl_ends_with() { # STATUS PATH
  local status=0
  on_client timeout 20 curl -sS --path-as-is -o "$LAB/got" "$url/$2" || status=$?
  [ "$status" -eq "$1" ] || { echo "curl ended with $status"; return 1; }
  if [ -s "$LAB/got" ] && grep -q secret "$LAB/got"; then return 1; fi
}
rm -f "$LAB/got"
check "an unknown file is error 1 (curl 68)" curl_ends_with 68 nosuchfile
check "../ is error 2 (curl 69) and reaches nothing" curl_ends_with 69 ../outside.txt
check "a link out of the tree is error 1" curl_ends_with 68 leak.txt
check "..\\ is error 2 (curl 69) and reaches nothing" curl_ends_with 69 '..%5coutside.txt'
check "a NUL ends the name and reaches nothing (curl 3)" curl_ends_with 3 'exact.bin%00../../outside.txt'
storm() {
  local i
  for i in $(seq 200); do
    on_client bash -c "head -c $((i * 3)) /dev/urandom >/dev/udp/$LAB_ADDRESS/67; head -c $((i * 3)) /dev/urandom >/dev/udp/$LAB_ADDRESS/69"
  done
}
check "400 malformed packets are sent" storm
: >"$LAB/dhcp-events.log"
check "a lease works after them" on_client env LAB="$LAB" timeout 30 udhcpc -i client0 -n -q -f -s "$HERE/e2e/dhcp-script.sh"
check "TFTP works after them" fetch exact.bin curl -sS -o "$LAB/got" "$url/exact.bin"
check "they are counted" sh -c "'$HERE/slipway' shell --data '$DATA' dhcp:statistics | grep -Ei 'malformed.* [1-9]'"

# ---- configuration ------------------------------------------------------------------------------------------------
says() { grep -Eq "$1" "$LAB/server.log"; }
echo 'range = 10.99.0.1-10.99.0.2' >"$LAB/range"
cp "$DATA/etc/io.slipway.dhcp.subnet-lan.cfg" "$LAB/lan.cfg"
sed 's/^range .*/range = 10.99.0.1-10.99.0.2/' "$LAB/lan.cfg" >"$DATA/etc/io.slipway.dhcp.subnet-lan.cfg"
check "a range outside its subnet is one clear line" await 15 "line about range" says 'range.*10\.99\.0\.1'
check "TFTP serves meanwhile" fetch exact.bin curl -sS -o "$LAB/got" "$url/exact.bin"
cp "$LAB/lan.cfg" "$DATA/etc/io.slipway.dhcp.subnet-lan.cfg"
lease_again() { on_client env LAB="$LAB" timeout 5 udhcpc -i client0 -n -q -f -t 2 -T 1 -s "$HERE/e2e/dhcp-script.sh"; }
check "mended, leases work again" await 30 "lease after the mended configuration" lease_again
shells_edit() {
  lab_shell 'config:property-set --pid io.slipway.dhcp.server holdMillis 1999' </dev/null
  await 10 "the shell's edit in its file" grep -q '^holdMillis *= *1999' "$DATA/etc/io.slipway.dhcp.server.cfg"
}
check "what the shell configures is in the file too" shells_edit
check "the shell works with its input closed" sh -c "'$HERE/slipway' shell --data '$DATA' bootloader:list <&- | grep pxelinux"
check "a command that fails says so in its status" sh -c "! '$HERE/slipway' shell --data '$DATA' 'image:import /nonexistent x:y' </dev/null"
check "a second server on the same data is refused" sh -c "'$HERE/slipway' run --interface br0 --data '$DATA' 2>&1 | grep 'in use'"
check "users.properties is its owner's only" sh -c "[ \"\$(stat -c %a '$DATA/etc/users.properties')\" = 600 ]"
check "the shell listens on loopback only" sh -c "! ss -ltnH | grep -v 127.0.0.1 | grep ':8101'"
stop() {
  kill -TERM "$SERVER"
  local end=$((SECONDS + 6))
  while kill -0 "$SERVER" 2>/dev/null; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}
check "SIGTERM stops it within 5 s" stop

# ---- a port in use, an interface that is not there ----------------------------------------------------------------
perl -MSocket -e 'socket(S, PF_INET, SOCK_DGRAM, 0); bind(S, sockaddr_in(67, INADDR_ANY)) or die $!; sleep 600' &
squatter=$!
sed -i 's/^interfaces = .*/interfaces = br0, nosuch0/' "$DATA/etc/io.slipway.sockets.cfg"
(
  export KARAF_BASE=$DATA KARAF_EXEC=exec
  exec "$HERE/karaf-assembly/target/assembly/bin/karaf" run
) >"$LAB/server.log" 2>&1 &
SERVER=$!
check "a busy port is one clear line that names the cure" await 60 "line about port 67" says 'dhcp on br0, port 67.*another program has the port'
check "an unknown interface is one clear line" await 10 "line about nosuch0" says 'interfaces = nosuch0: there is no such interface'
check "TFTP serves all the same" fetch exact.bin curl -sS -o "$LAB/got" "$url/exact.bin"
kill "$squatter"
check "the freed port is taken" await 20 "lease from the freed port" lease_again
check "it stops again" stop
checks_end
