# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# TFTP under load: every server sends the same file to the same machines. ./slipway bench tftp runs it. BENCH_OUT: the folder
# of the results. BENCH_SERVERS, BENCH_ROUNDS, BENCH_WARM and BENCH_TRIAL (seconds to warm up Slipway in each scenario, and
# the machines before each measurement), BENCH_FILE: what is sent. BENCH_MACHINES: the command that plays
# machines, which look for packets all the time, as firmware does: the time in which a processor wakes up is not measured.
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
. "$HERE/bench/files.sh"
peers_use "$BENCH_PEERS"

BLOCK=1428
# What is measured: a name, the machines at a time, the blocks in a window, how often each fetches which file.
SCENARIOS=("lock-step-1 1 1 7 initrd.gz" "lock-step-50 50 1 1 initrd.gz" "window16-1 1 16 25 initrd.gz" "window16-50 50 16 1 initrd.gz"
  "10-machines 10 1 100 part" "100-machines 100 1 10 part" "1000-machines 1000 1 1 part")

play() { # CLIENTS WINDOW FILE ARGS...: machines fetch it; what they say goes to $LAB/machines.log
  local expected=$BENCH_FILE
  case $3 in part) expected=$LAB/part ;; esac
  # shellcheck disable=SC2086 # a command
  on_client timeout 300 $BENCH_MACHINES tftp --server "$BENCH_ADDRESS" --path "$BENCH_PATH/$3" \
    --expected "$expected" --blksize "$BLOCK" --clients "$1" --window "$2" --poll 1 "${@:4}" >"$LAB/machines.log" 2>&1
}
bytes() { # in all rounds
  awk '$1 == "machines" { for (i = 1; i < NF; i++) if ($i == "bytes") n += $(i + 1) } END { printf "%.0f", n }' "$LAB/machines.log"
}
median_rate() { # MB/s, of the rounds
  awk '$1 == "machines" { for (i = 1; i < NF; i++) if ($i == "MB/s") print $(i + 1) }' "$LAB/machines.log" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] + 0 }'
}
failed() { # in all rounds
  awk '$1 == "machines" { for (i = 1; i < NF; i++) if ($i == "failed") n += $(i + 1) } END { print n + 0 }' "$LAB/machines.log"
}

is_ready() { ! kill -0 "$1" 2>/dev/null || grep -qs '^ready' "$LAB/machines.log"; }

answers() { play 1 1 initrd.gz --retries 1; }

of_scenario() { read -r SCENARIO CLIENTS WINDOW TIMES FILE <<<"$1"; }
serves() { # whether it is measured with NAME
  # dnsmasq 2.90 and tftpd-hpa know no windows; how the cost grows is compared with the next best alone
  case $NAME-$FILE in slipway-* | dnsmasq-part) ;; *-part) return 1 ;; dnsmasq-* | hpa-*) [ "$WINDOW" -eq 1 ] ;; esac
}
warm() { # what is compiled as it runs
  case $NAME in slipway) play "$CLIENTS" "$WINDOW" "$FILE" --warm "$BENCH_WARM" --rounds 0 ;; *) answers ;; esac
}
measure() { # the machines are compiled as they run, too: what they fetch until then is not measured
  local before cost machines
  : >"$LAB/machines.log"
  play "$CLIENTS" "$WINDOW" "$FILE" --warm "$BENCH_TRIAL" --warm-clients "$((CLIENTS < 5 ? CLIENTS : 5))" --hold 1 --rounds "$TIMES" <"$LAB/go" &
  machines=$!
  await 120 "machines" is_ready "$machines"
  before=$(family_cpu)
  echo >&"$GO"
  wait "$machines" || true
  cost=$((($(family_cpu) - before) * 1000 / ($(bytes) / 1000 + 1)))
  note "$NAME $SCENARIO: $(tr '\n' ' ' <"$LAB/machines.log")"
  row "$NAME" "$ROUND" "$SCENARIO" "$(median_rate)" "$cost" "$(failed)"
  say "  $NAME, $SCENARIO: $(median_rate) MB/s, $cost ms of CPU a gigabyte, $(failed) failed"
}

ulimit -n "$(ulimit -H -n)"
mkfifo "$LAB/go"
exec {GO}<>"$LAB/go"
head -c 1200000 "$BENCH_FILE" >"$LAB/part"
bench_begin tftp "$DNSMASQ_VERSION, atftpd $(atftpd --version 2>&1 | sed -nE 's/.*version ([0-9.]+).*/\1/p'), $(in.tftpd --version 2>&1 | head -n 1 | cut -d, -f1)" \
  "warm-up of Slipway $BENCH_WARM s a scenario, of the machines $BENCH_TRIAL s a measurement, block size $BLOCK bytes, $(stat -c %s "$BENCH_FILE") and 1200000 bytes sent" scenario rate cpu_ms_per_GB failed
files_bench
