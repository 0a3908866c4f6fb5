# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# The server is killed under load and started again, KILLS times; each time all that clients were acknowledged is there.
# What they were acknowledged is what arrived at their interface.
. "$HERE/e2e/checks.sh"
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
peers_use "$HERE/target/bench/peers"
KILLS=${KILLS:-50}
SEED=${SEED:-$RANDOM}
RANDOM=$SEED
STORE=$LAB/slipway

case $(stat -f -c %T "$LAB") in tmpfs | ramfs) lab_fail "the leases would be in memory; set TMPDIR" ;; esac

start() {
  rm -f "$STORE.log"
  start_slipway
}
load_network
mkdir -p "$STORE"
start
nsenter --net="$LAB/client" perl "$HERE/e2e/acks.pl" client0 >"$LAB/acks.txt" 2>"$LAB/acks.log" &
recorder=$!
await 10 "record of ACKs" grep -q listening "$LAB/acks.log"
acks() { wc -l <"$LAB/acks.txt"; }
more_acks() { [ "$(acks)" -gt "$1" ]; }

: >"$LAB/held.txt" && : >"$LAB/errors.log"
idle=0 wrong=0 kill=0
while [ "$kill" -lt "$KILLS" ] && [ "$idle" -le $((KILLS / 5)) ]; do
  # Every other time the machines of the time before: then it is what they were told last that must be there.
  machines=$(printf '00:0c:%02x:00:00:00' $((kill / 2)))
  before=$(acks)
  load -r 400 -R 20000 -p 7 -b "mac=$machines" & # as much as a server bears that has just started
  loader=$!
  await 10 "ACK under load" more_acks "$before"
  sleep "$((RANDOM % 2)).$((RANDOM % 10))"
  seen=$(acks)
  # One that comes when the load is over, as on a machine that stands still meanwhile, does not count.
  if kill -0 "$loader" 2>/dev/null; then kill=$((kill + 1)); else idle=$((idle + 1)); fi
  kill -KILL "$SERVER"
  wait "$SERVER" 2>/dev/null || true
  under_load=$((seen - before))
  grep -E ' ERROR ' "$STORE.log" >>"$LAB/errors.log" || true
  start
  wait "$loader" || true
  cp "$LAB/acks.txt" "$LAB/acks.then"
  "$HERE/slipway" shell --data "$STORE" "dhcp:leases --state bound --limit 1000000" >"$LAB/leases.txt" 2>&1 </dev/null
  said=$(perl "$HERE/e2e/held.pl" "$LAB/acks.then" "$LAB/leases.txt") || wrong=$((wrong + 1))
  printf 'kill %d after %d ACKs of this load: %s\n' "$kill" "$under_load" "$said" >>"$LAB/held.txt"
done
kill -TERM "$recorder"
wait "$recorder" 2>/dev/null || true
echo "$KILLS times killed, seed $SEED; the record $(tail -n 1 "$LAB/acks.log") datagrams; then:"
tail -n 1 "$LAB/held.txt"

none_wrong() { grep -v ' 0 wrong$' "$LAB/held.txt" || true; [ "$wrong" -eq 0 ]; }
# The check itself: an address that somebody else has, one that nobody has, and one for too short a time.
finds() { # SED ARGUMENTS
  ! sed -E "$1" "$LAB/acks.then" | perl "$HERE/e2e/held.pl" /dev/stdin "$LAB/leases.txt"
}
check "no acknowledged lease is lost and no address has two holders, after any of $KILLS kills" none_wrong
check "the load was on at $KILLS kills ($idle more came after it)" [ "$kill" -eq "$KILLS" ]
check "nothing is an error to the server" sh -c "! grep . '$LAB/errors.log'"
check "a lease of another would be found" finds '1s/00:0c:/00:0d:/'
check "a lost lease would be found" finds '1s/10\.99\.([0-9.]+)/10.98.\1/'
check "a lost renewal would be found" finds '$s/3600$/3700/'
check "two holders would be found" finds '1{p;s/00:0c:/00:0d:/}'
checks_end
