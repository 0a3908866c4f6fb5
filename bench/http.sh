# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# HTTP under load: every server sends the same files to wrk. ./slipway bench http runs it.
# BENCH_OUT: the folder of the results. BENCH_SERVERS, BENCH_ROUNDS, BENCH_WARM (seconds), BENCH_FILE: the large file; the
# small one is 42,000 bytes of it.
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
. "$HERE/bench/files.sh"
peers_use "$BENCH_PEERS"

# What is measured: a name, connections, the file.
# The small file comes first: with it, what handles requests is compiled within its warm-up. Of the large one so few are
# asked for that the compiler took 5 % of the processors for more than a minute, which is not what is to be measured.
SCENARIOS=("small-64 64 small" "large-1 1 initrd.gz" "large-64 64 initrd.gz" "large-1000 1000 initrd.gz")

load_http() { # CONNECTIONS FILE SECONDS: what wrk says goes to $LAB/wrk.log
  on_client timeout 120 wrk --threads 1 --connections "$1" --duration "${3}s" --timeout 30s \
    "http://$BENCH_ADDRESS$BENCH_PATH/$2" >"$LAB/wrk.log" 2>&1
}
requests() { sed -nE 's/^ *([0-9]+) requests in .*/\1/p' "$LAB/wrk.log"; }
per_second() { sed -nE 's/^Requests\/sec: *([0-9.]+)/\1/p' "$LAB/wrk.log"; }
errors() { sed -nE 's/.*(Socket errors|Non-2xx).*/1/p' "$LAB/wrk.log" | wc -l; }
megabytes() { # a second
  awk '/^Transfer\/sec:/ { v = $2; f = 1; if (v ~ /GB$/) f = 1024; if (v ~ /KB$/) f = 1 / 1024; sub(/[A-Z]+$/, "", v); printf "%.1f", v * f * 1.048576 }' "$LAB/wrk.log"
}
sent() { # bytes in all
  awk '/requests in/ { v = $(NF - 1); f = 1; if (v ~ /GB$/) f = 1024; if (v ~ /KB$/) f = 1 / 1024; sub(/[A-Z]+$/, "", v); printf "%.0f", v * f * 1048576 }' "$LAB/wrk.log"
}
whole() { # FILE: byte for byte
  on_client curl -sS -f --max-time 60 "http://$BENCH_ADDRESS$BENCH_PATH/$1" | cmp - <(case $1 in small) head -c 42000 "$BENCH_FILE" ;; *) cat "$BENCH_FILE" ;; esac)
}
answers() { whole initrd.gz && whole small; }

of_scenario() { read -r SCENARIO CONNECTIONS FILE <<<"$1"; }
serves() { true; }
warm() { # what is compiled as it runs
  case $NAME in slipway) load_http "$CONNECTIONS" "$FILE" "$BENCH_WARM" ;; *) load_http "$CONNECTIONS" "$FILE" 2 ;; esac
}
measure() {
  local before cost rate unit
  before=$(family_cpu)
  load_http "$CONNECTIONS" "$FILE" "$BENCH_TRIAL" || true
  cost=$((($(family_cpu) - before) * 1000 / ($(sent) / 1000 + 1)))
  note "$NAME $SCENARIO: $(tr '\n' ' ' <"$LAB/wrk.log")"
  case $FILE in small) rate=$(per_second) unit=requests/s ;; *) rate=$(megabytes) unit=MB/s ;; esac
  row "$NAME" "$ROUND" "$SCENARIO" "$rate" "$cost" "$(errors)"
  say "  $NAME, $SCENARIO: $rate $unit, $cost ms of CPU a gigabyte, $(requests) requests, $(errors) kinds of errors"
}

bench_begin http "$(nginx -v 2>&1 | sed 's/.*: //')" \
  "warm-up of Slipway $BENCH_WARM s a scenario, trials of $BENCH_TRIAL s, $(stat -c %s "$BENCH_FILE") and 42000 bytes sent" scenario rate cpu_ms_per_GB failed
files_bench
