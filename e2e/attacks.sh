# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Real machines get their files while somebody attacks TFTP and HTTP; and a server that is stopped in the middle leaves
# nobody in doubt. SWARM_MACHINES: the command that plays machines.
. "$HERE/e2e/checks.sh"

mkdir -p "$LAB/tftp/boot" "$LAB/tftp-old" "$DATA/etc"
head -c 5000000 /dev/urandom >"$LAB/tftp/big.bin"
truncate -s 300M "$LAB/tftp/huge.bin" # more than sockets hold
head -c 12000 /dev/urandom >"$LAB/tftp/short.bin"
cp "$LAB/tftp/short.bin" "$LAB/tftp/boot/linux"
echo secret-of-the-host >"$LAB/secret"
cp "$LAB/secret" "$LAB/tftp-old/secret"
ln -s ../secret "$LAB/tftp/out"
ln -s .. "$LAB/tftp/up"
ln -s "$LAB" "$LAB/tftp/boot/root"
ln -s boot/linux "$LAB/tftp/inside"
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
tftp_settings() { printf 'maximumTransfers = 500\ntimeout = 100\nretries = %s\n' "$1" >"$DATA/etc/.tftp"; mv "$DATA/etc/.tftp" "$DATA/etc/io.slipway.tftp.server.cfg"; }
http_settings() { printf 'maximumConnections = 500\nidleTimeout = %s\n' "$1" >"$DATA/etc/.http"; mv "$DATA/etc/.http" "$DATA/etc/io.slipway.http.server.cfg"; }
tftp_settings 5
http_settings 120000
ulimit -n "$(ulimit -H -n)"
lab_network
lab_client
on_client ip address add 10.77.0.9/24 dev client0
lab_server
# What is sent to those who have sent nothing comes to the client, who looks at it and has no ear for it.
ip route add 10.98.0.0/16 via 10.77.0.9
ip route add 10.99.0.0/16 via 10.77.0.9
sysctl -q net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.br0.rp_filter=0

memory() { awk '$1 == "VmRSS:" { print int($2 / 1024) }' "/proc/$SERVER/status"; }
within() { echo "$1"; [ "$1" -le "$2" ]; }
by_http() { # a whole file, on a connection of its own
  on_client curl -sS -f --max-time 20 -o "$LAB/got" "http://$LAB_ADDRESS/big.bin" && cmp "$LAB/tftp/big.bin" "$LAB/got"
}
by_tftp() {
  rm -f "$LAB/got" # atftp's own patience, so that a request that is lost is asked again
  on_client timeout 60 atftp --option "blksize 1428" --tftp-timeout 1 --get -r big.bin -l "$LAB/got" "$LAB_ADDRESS" && cmp "$LAB/tftp/big.bin" "$LAB/got"
}
machines() { # ten, lock-step
  # shellcheck disable=SC2086 # a command
  on_client timeout 60 $SWARM_MACHINES tftp --server "$LAB_ADDRESS" --path short.bin --expected "$LAB/tftp/short.bin" \
    --clients 10 --retries 20 --timeout 1000
}
five() { local i; for i in 1 2 3 4 5; do "$@" || return 1; done; }

# ---- out of the tree ----------------------------------------------------------------------------------------------
check "no name leads out of the tree" on_client perl "$HERE/e2e/traversal.pl" "$LAB_ADDRESS" \
  "$HERE/wire-tests/src/test/resources/traversal/attempts.txt" "$LAB/secret" secret-of-the-host
tail -n 1 "$LAB/check.out" | sed 's/^/#   /'

# ---- HTTP ---------------------------------------------------------------------------------------------------------
before=$(memory)
mkfifo "$LAB/hold"
on_client perl "$HERE/e2e/slowloris.pl" "$LAB_ADDRESS" 1500 <"$LAB/hold" >"$LAB/slowloris.log" 2>&1 &
slowloris=$!
exec 8>"$LAB/hold"
await 60 "slow clients" grep -qs held "$LAB/slowloris.log"
check "files are fetched beside 1500 slow clients, with 500 places" five by_http
check "by TFTP, too" by_tftp
echo end >&8
exec 8>&-
wait "$slowloris" || true
sed 's/^/#   /' "$LAB/slowloris.log"
on_client perl "$HERE/e2e/giants.pl" "$LAB_ADDRESS" 50 >"$LAB/giants.log" 2>&1 &
giants=$!
check "files are fetched beside requests without an end" five by_http
wait "$giants"
echo "#   memory: $before MB before, $(memory) MB after"
check "they have cost at most 150 MB" within "$(($(memory) - before))" 150

# ---- TFTP ---------------------------------------------------------------------------------------------------------
heard() { # PACKETS BYTES [OPTION VALUE]...: no more than that to each of forty who never asked
  local packets=$1 bytes=$2
  shift 2
  on_client perl "$HERE/e2e/spoofed.pl" "$LAB_ADDRESS" 10.98 40 1000 8 big.bin "$@" >"$LAB/heard" || return 1
  cat "$LAB/heard"
  grep -q '^40 addresses' "$LAB/heard" \
    && [ "$(sed -nE 's/.*at most ([0-9]+) packets.*/\1/p' "$LAB/heard")" -le "$packets" ] \
    && [ "$(sed -nE 's/.*and ([0-9]+) bytes.*/\1/p' "$LAB/heard")" -le "$bytes" ]
}
# RFC 1350 section 2: one block, and as often again as there are retries
check "who never asked is sent six blocks" heard 6 $((6 * 516))
check "or six OACKs, whatever window was asked for" heard 6 $((6 * 60)) windowsize 64 blksize 1428
nsenter --net="$LAB/client" perl "$HERE/e2e/spoofed.pl" "$LAB_ADDRESS" 10.99 600000 4000 0 big.bin >"$LAB/flood.log" 2>&1 &
flood=$!
sleep 1
check "a file is fetched by TFTP in a flood" by_tftp
check "ten machines boot in it" machines
check "and one by HTTP" by_http
check "the flood went on beside" kill -0 "$flood"
kill "$flood" 2>/dev/null && wait "$flood" 2>/dev/null || true
lab_shell tftp:transfers | grep -iE 'gave way|overloaded|begun' | sed 's/^/#   /'

# ---- a stop in the middle -----------------------------------------------------------------------------------------
on_client curl -sS --limit-rate 3M -o "$LAB/cut" "http://$LAB_ADDRESS/huge.bin" 2>"$LAB/curl.log" &
slow_http=$!
on_client perl "$HERE/e2e/steady.pl" "$LAB_ADDRESS" big.bin 0.05 "$LAB/cut.tftp" >"$LAB/slow.log" 2>&1 &
slow_tftp=$!
await 20 "slow transfer" grep -qs begun "$LAB/slow.log"
tftp_settings 6
http_settings 110000
sleep 1 # they are read within a quarter of one
check "new settings leave both alone" kill -0 "$slow_http" "$slow_tftp"
on_client perl "$HERE/e2e/steady.pl" "$LAB_ADDRESS" short.bin 0.05 "$LAB/short" >"$LAB/short.log" 2>&1 &
short=$!
await 10 "short transfer" grep -qs begun "$LAB/short.log"
stopped=$SECONDS
kill -TERM "$SERVER"
await 10 "end of the server" sh -c "! kill -0 $SERVER 2>/dev/null"
check "it is gone within its drain time and a little" within "$((SECONDS - stopped))" 6
check_ended() { # DESCRIPTION STATUS PROCESS: here, for a subshell cannot wait for it
  local status=0
  timeout 20 tail --pid="$3" -f /dev/null || true
  wait "$3" || status=$?
  check "$1 ($status)" test "$status" -eq "$2"
}
check_ended "what could end in time has" 0 "$short"
check "every byte of it" cmp "$LAB/tftp/short.bin" "$LAB/short"
check_ended "curl sees that its file is cut" 18 "$slow_http"
check_ended "the TFTP client is told" 1 "$slow_tftp"
check "why" grep -q 'error 0 the server is stopping' "$LAB/slow.log"
checks_end
