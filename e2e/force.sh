# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# What the server does, as the kernel is told of it: no ACK is sent before the write that holds its lease was forced.
. "$HERE/e2e/checks.sh"
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
peers_use "$HERE/target/bench/peers"
if ! timeout 20 strace -q -e trace=none true 2>"$LAB/check.out"; then
  echo "slipway: strace cannot trace here: $(tail -n 1 "$LAB/check.out")" >&2
  exit 77
fi

STORE=$LAB/slipway
mkdir -p "$STORE"
load_network
start_slipway
load -r 200 -R 2000 -p 2 -b mac=00:0c:00:00:00:00 # a server that has been at it for a moment
strace -f -q -o "$LAB/strace.txt" -xx -s 1000000 -e signal=none \
  -e trace=fdatasync,fsync,pwrite64,pwritev,sendto,sendmsg,sendmmsg -p "$SERVER" &
tracer=$!
await 20 "strace on the server" sh -c "grep -q 'TracerPid:[^0-9]*[1-9]' /proc/$SERVER/status"
load -r 150 -R 2000 -p 3 -b mac=00:0d:00:00:00:00 # new machines
told=$(answered)
kill -INT "$tracer"
wait "$tracer" || true

in_order() { perl "$HERE/e2e/force-order.pl" "$1" 000d; }
traced=$(in_order "$LAB/strace.txt" | tail -n 1) || true
echo "under strace: $traced"
check "there was load: 50 ACKs and more" [ "$told" -ge 50 ]
check "all that perfdhcp got are in the trace" [ "${traced%% *}" -ge "$told" ]
check "each ACK is sent after the write of its lease was forced" in_order "$LAB/strace.txt"
# The check itself, on traces that tell of another server.
grep -v fdatasync "$LAB/strace.txt" >"$LAB/unforced.txt" || true
sed -E 's/(fdatasync.*= )0$/\1-1 EIO (Input\/output error)/' "$LAB/strace.txt" >"$LAB/failed.txt"
awk '/fdatasync/ { held = held $0 "\n"; next } { print } / send/ { printf "%s", held; held = "" }' "$LAB/strace.txt" >"$LAB/late.txt"
check "a server that does not force would be found" sh -c "! perl '$HERE/e2e/force-order.pl' '$LAB/unforced.txt' 000d"
check "a force that fails would be found" sh -c "! perl '$HERE/e2e/force-order.pl' '$LAB/failed.txt' 000d"
check "an ACK that does not wait for the force would be found" sh -c "! perl '$HERE/e2e/force-order.pl' '$LAB/late.txt' 000d"
checks_end
