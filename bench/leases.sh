# shellcheck shell=bash disable=SC2034,SC2154 # runs inside a lab, after lab.sh
# What an exchange costs with few leases and with many, and in a pool that is nearly full. ./slipway bench leases runs it.
# BENCH_OUT: the folder of the results. BENCH_ROUNDS, BENCH_WARM and BENCH_TRIAL (seconds), BENCH_RATE (exchanges a second).
# BENCH_FILL: the command that fills a store with so many leases: FOLDER COUNT.
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
peers_use "$BENCH_PEERS"

BENCH_ADDRESS=10.15.255.254
BENCH_CLIENT=10.15.255.253
BENCH_PREFIX=12
BENCH_RANGE=10.0.0.1-10.15.255.245 # 1,048,565 addresses, the first of which are those of the filled leases
FILLED=52:54:00:00:00:00 # the machines of the filled leases
NEW=02:00:00:00:00:00
# A name, the leases that are there, the machines that ask, and the first of their addresses.
CASES=("1000-leases 1000 1000 $FILLED" "1000000-leases 1000000 1000000 $FILLED" "empty-pool 0 10000 $NEW" "pool-99%-full 1038000 10000 $NEW")

start_slipway() {
  mkdir -p "$STORE/etc" "$STORE/data"
  cp -r "$BENCH_OUT/filled/$LEASES" "$STORE/data/state"
  printf 'subnet = 10.0.0.0/12\nleaseTime = 86400\n' >"$STORE/etc/io.slipway.dhcp.subnet-lan.cfg"
  printf 'knownReserve = 0\n' >"$STORE/etc/io.slipway.dhcp.address.cfg" # else the last twentieth is not for new machines
  SLIPWAY_HEAP=2g "$HERE/slipway" run --interface server0 --range "$BENCH_RANGE" --data "$STORE" >"$STORE.log" 2>&1 &
  SERVER=$!
  await 90 "ready line" grep -qs '^ready' "$STORE.log"
}

measure() { # NAME LEASES MACHINES FIRST
  local before
  LEASES=$2 CLIENTS=$3
  NAME=slipway
  server_start slipway
  load -r "$BENCH_RATE" -R "$CLIENTS" -p "$BENCH_WARM" -b "mac=$4" || true
  before=$(cpu)
  load -r "$BENCH_RATE" -R "$CLIENTS" -p "$BENCH_TRIAL" -W 1200000 -b "mac=$4" || true
  DONE=$(answered)
  COST=$((($(cpu) - before) / (DONE + 1)))
  row slipway "$ROUND" "$1" "$COST" "$(($(statistic DISCOVER-OFFER 'sent packets') - DONE))"
  say "  $1: $COST µs of CPU an exchange, $DONE of $(statistic DISCOVER-OFFER 'sent packets') done, $(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/$SERVER/status") MB at most"
  server_stop
}

load_network
bench_begin leases "perfdhcp of Kea $(kea-dhcp4 -v)" \
  "warm-up $BENCH_WARM s, trials of $BENCH_TRIAL s, $BENCH_RATE exchanges/s asked for, heap 2 GB" scenario cpu_us lost
mkdir -p "$BENCH_OUT/filled"
for each in "${CASES[@]}"; do
  read -r _ LEASES _ <<<"$each"
  [ -e "$BENCH_OUT/filled/$LEASES" ] || $BENCH_FILL "$BENCH_OUT/filled/$LEASES" "$LEASES" >"$LAB/fill.log" 2>&1 || lab_fail "$LEASES leases could not be made: $(tail -n 1 "$LAB/fill.log")"
done
bench_rounds measure "${CASES[@]}"
