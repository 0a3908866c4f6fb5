# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# TFTP under load: every server in turn sends the same file to the same machines, in several rounds, so that what else the
# machine does meets all of them alike. ./slipway bench tftp runs it. BENCH_OUT: the folder of the results. BENCH_SERVERS,
# BENCH_ROUNDS, BENCH_WARM (seconds), BENCH_FILE: what is sent. BENCH_MACHINES: the command that plays machines, which look
# for packets all the time, as firmware does: the time in which a processor wakes up is not measured.
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
. "$HERE/bench/files.sh"
peers_use "$BENCH_PEERS"

RESULTS=$BENCH_OUT/tftp.tsv
BLOCK=1428
# What is measured: a name, the machines at a time, the blocks in a window.
SCENARIOS=("lock-step-1 1 1" "lock-step-50 50 1" "window16-1 1 16" "window16-50 50 16")

say() { printf '%s\n' "$*"; }
note() { printf '%(%T)T %s\n' -1 "$*" >>"$BENCH_OUT/tftp.log"; }

play() { # CLIENTS WINDOW ARGS...: machines fetch the file; what they say goes to $LAB/machines.log
  local clients=$1 window=$2
  shift 2
  # shellcheck disable=SC2086 # a command
  on_client timeout 300 $BENCH_MACHINES tftp --server "$BENCH_ADDRESS" --path "$BENCH_PATH/initrd.gz" \
    --expected "$BENCH_FILE" --blksize "$BLOCK" --clients "$clients" --window "$window" --poll 1 "$@" >"$LAB/machines.log" 2>&1
}
figure() { # NAME: what follows it in the machines' last line
  awk -v name="$1" '$1 == "machines" { for (i = 1; i < NF; i++) if ($i == name) value = $(i + 1) } END { print value + 0 }' "$LAB/machines.log"
}
bytes() { # in all, with what was sent to warm up
  awk '{ for (i = 1; i < NF; i++) if ($i == "bytes") n += $(i + 1) } END { printf "%.0f", n }' "$LAB/machines.log"
}

answers() {
  kill -0 "$SERVER" 2>/dev/null || { tail -n 5 "$STORE.log" >&2; lab_fail "$NAME ended"; }
  play 1 1 --retries 1
}

measure() { # SERVER: each scenario once
  local scenario name clients window before cost
  NAME=$1
  STORE=$LAB/$NAME
  rm -rf "$STORE" && mkdir -p "$STORE"
  "start_${NAME}_files"
  await 20 "answer from $NAME" answers
  for scenario in "${SCENARIOS[@]}"; do
    read -r name clients window <<<"$scenario"
    # dnsmasq 2.90 and tftpd-hpa know no windows
    case $NAME in dnsmasq | hpa) [ "$window" -eq 1 ] || continue ;; esac
    before=$(family_cpu)
    play "$clients" "$window" --warm "$BENCH_WARM" || true
    cost=$((($(family_cpu) - before) * 1000 / ($(bytes) / 1000 + 1)))
    note "$NAME $name: $(cat "$LAB/machines.log")"
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$NAME" "$ROUND" "$name" "$(figure MB/s)" "$cost" "$(figure failed)" >>"$RESULTS"
    say "  $NAME, $name: $(figure MB/s) MB/s, $cost ms of CPU a gigabyte, $(figure failed) of $clients failed"
  done
  say "  $NAME: at most $(($(memory) / 1024)) MB"
  server_stop
}

load_network
: >"$BENCH_OUT/tftp.log"
machine "Slipway $SLIPWAY_VERSION, $DNSMASQ_VERSION, atftpd $(atftpd --version 2>&1 | sed -nE 's/.*version ([0-9.]+).*/\1/p'), $(in.tftpd --version 2>&1 | head -n 1 | cut -d, -f1), Java $JAVA_VERSION" \
  "$BENCH_ROUNDS rounds, warm-up $BENCH_WARM s, block size $BLOCK bytes, $(stat -c %s "$BENCH_FILE") bytes sent" >"$BENCH_OUT/tftp.machine.tsv"
printf 'server\tround\tscenario\trate\tcpu_ms_per_GB\tfailed\n' >"$RESULTS"
for ((ROUND = 1; ROUND <= BENCH_ROUNDS; ROUND++)); do
  say "round $ROUND of $BENCH_ROUNDS"
  for server in $BENCH_SERVERS; do measure "$server"; done
done
