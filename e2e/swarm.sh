# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Two thousand transfers at once over a network that loses and disorders, and ten thousand clients that do nothing.
# SWARM_MACHINES: the command that plays machines.
. "$HERE/e2e/checks.sh"

mkdir -p "$LAB/tftp" "$DATA/etc"
head -c 1000000 /dev/urandom >"$LAB/tftp/big"
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
printf 'maximumTransfers = 5000\nmaximumTransfersPerClient = 5000\n' >"$DATA/etc/io.slipway.tftp.server.cfg"
printf 'maximumConnections = 8000\nheaderTimeout = 120000\nidleTimeout = 120000\n' >"$DATA/etc/io.slipway.http.server.cfg"
ulimit -n "$(ulimit -H -n)"
lab_network
lab_client
on_client ip address add 10.77.0.9/24 dev client0
lab_server

status() { awk -v name="$1:" '$1 == name { print $2 }' "/proc/$SERVER/status"; }
threads=$(status Threads)
fetch() { # ARGS...
  # shellcheck disable=SC2086 # a command
  on_client timeout 280 $SWARM_MACHINES tftp --server "$LAB_ADDRESS" --path big --expected "$LAB/tftp/big" --retries 12 "$@"
}
swarm() { # WINDOW: all get it, every byte right
  fetch --clients 2000 --window "$1" --loss 0.05 --disorder 0.05 --timeout 500 >"$LAB/swarm.log" 2>&1 || { cat "$LAB/swarm.log"; return 1; }
}
check "2000 transfers at once with 5 % loss and disorder, window 8" swarm 8
sed 's/^/#   /' "$LAB/swarm.log"
check "2000 more, lock-step" swarm 1
sed 's/^/#   /' "$LAB/swarm.log"
echo "#   memory: $(($(status VmHWM) / 1024)) MB at most, threads: $(status Threads)"
within() { echo "$1"; [ "$1" -le "$2" ]; }
check "the server took at most 600 MB" within "$(($(status VmHWM) / 1024))" 600

mkfifo "$LAB/hold"
on_client perl "$HERE/e2e/idle.pl" "$LAB_ADDRESS" 3000 3000 4000 <"$LAB/hold" >"$LAB/idle.log" 2>&1 &
exec 8>"$LAB/hold"
await 120 "idle clients" grep -qs held "$LAB/idle.log"
check "ten thousand clients that do nothing cost no thread each" within "$(status Threads)" "$((threads + 40))"
echo "#   memory: $(($(status VmRSS) / 1024)) MB, threads: $(status Threads)"
check "a machine boots beside them by TFTP" fetch --window 4
check "and by HTTP" on_client curl -sS -f --max-time 20 -o "$LAB/got" "http://$LAB_ADDRESS/big"
check "its bytes" cmp "$LAB/tftp/big" "$LAB/got"
exec 8>&-
checks_end
