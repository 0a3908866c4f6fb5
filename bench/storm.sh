# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# A boot storm: a thousand machines from DISCOVER to the last byte of an initrd, Slipway against dnsmasq (DHCP and TFTP) with
# nginx (HTTP). ./slipway bench storm runs it. BENCH_OUT: the folder of the results. BENCH_SERVERS, BENCH_ROUNDS,
# BENCH_CLIENTS, BENCH_FILE: the initrd. BENCH_MACHINES: the command that plays machines.
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
. "$HERE/bench/files.sh"
peers_use "$BENCH_PEERS"

RESULTS=$BENCH_OUT/storm.tsv
PXELINUX=/usr/lib/PXELINUX/pxelinux.0 # what is fetched by TFTP first
BENCH_RANGE=10.99.128.0-10.99.191.255
POOL=10.99.128.0/18 # the same: the machines' own addresses

say() { printf '%s\n' "$*"; }
note() { printf '%(%T)T %s\n' -1 "$*" >>"$BENCH_OUT/storm.log"; }

start_slipway_storm() { # each machine is told pxelinux as its boot file
  start_slipway_files
  BENCH_URL=http://$BENCH_ADDRESS$BENCH_PATH/initrd.gz
  mkdir -p "$STORE/etc/boot"
  cat >"$STORE/etc/boot/.storm.yaml" <<'YAML'
profiles:
  storm:
    image: bench:1
    kernel: small
    initrd: initrd.gz
    loader: pxelinux
groups:
  everyone:
    match: {}
    profile: storm
YAML
  mv "$STORE/etc/boot/.storm.yaml" "$STORE/etc/boot/storm.yaml"
}

start_peers_storm() {
  start_nginx_files
  NGINX=$SERVER
  BENCH_URL=http://$BENCH_ADDRESS/initrd.gz
  cp "$PXELINUX" "$STORE/files/pxelinux.0"
  dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --port=0 --interface=server0 --bind-interfaces \
    --dhcp-range="${BENCH_RANGE/-/,},255.255.0.0,${BENCH_LEASE}" --dhcp-leasefile="$STORE/leases" --pid-file= \
    --dhcp-lease-max=1000000 --dhcp-authoritative --no-ping --quiet-dhcp --log-facility="$STORE.dnsmasq.log" \
    --dhcp-boot=pxelinux.0 --enable-tftp --tftp-root="$STORE/files" --tftp-max=2000 &
  SERVER=$!
}

both() { # FUNCTION: of all processes of the server
  local sum
  sum=$("$1")
  [ "$NAME" = slipway ] || sum=$((sum + $(SERVER=$NGINX "$1")))
  echo "$sum"
}

play() { # CLIENTS SEED
  # shellcheck disable=SC2086 # a command
  on_client timeout 300 $BENCH_MACHINES storm --interface client0 --clients "$1" --seed "$2" --initrd "$BENCH_URL" \
    --expected "$BENCH_FILE" >"$LAB/machines.log" 2>&1
}
figure() { awk -v name="$1" '$1 == "machines" { for (i = 1; i < NF; i++) if ($i == name) value = $(i + 1) } END { print value + 0 }' "$LAB/machines.log"; }

answers() {
  kill -0 "$SERVER" 2>/dev/null || { tail -n 5 "$STORE.log" >&2; lab_fail "$NAME ended"; }
  play 1 99
}

measure() { # SERVER
  local before
  NAME=$1
  STORE=$LAB/$NAME
  rm -rf "$STORE" && mkdir -p "$STORE"
  "start_${NAME}_storm"
  await 60 "answer from $NAME" answers
  play 50 98 || true # to warm up
  before=$(both family_cpu)
  play "$BENCH_CLIENTS" "$ROUND" || true
  note "$NAME: $(cat "$LAB/machines.log")"
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$NAME" "$ROUND" "$(figure seconds)" "$(figure p50)" "$(figure p99)" "$(figure last)" \
    "$(figure failed)" "$((($(both family_cpu) - before) / 1000))" "$(($(both memory) / 1024))" >>"$RESULTS"
  say "  $NAME: $(head -n 1 "$LAB/machines.log"), $((($(both family_cpu) - before) / 1000)) ms of CPU, at most $(($(both memory) / 1024)) MB"
  [ "$NAME" = slipway ] || { SERVER=$NGINX server_stop; }
  server_stop
}

load_network
on_client ip route add local "$POOL" dev lo
ulimit -n "$(ulimit -H -n)"
: >"$BENCH_OUT/storm.log"
machine "Slipway $SLIPWAY_VERSION, $DNSMASQ_VERSION, $(nginx -v 2>&1 | sed 's/.*: //'), Java $JAVA_VERSION" \
  "$BENCH_ROUNDS rounds, $BENCH_CLIENTS machines within a second, $(stat -c %s "$BENCH_FILE") bytes each" >"$BENCH_OUT/storm.machine.tsv"
printf 'server\tround\tseconds\tp50_ms\tp99_ms\tlast_ms\tfailed\tcpu_ms\tMB\n' >"$RESULTS"
for ((ROUND = 1; ROUND <= BENCH_ROUNDS; ROUND++)); do
  say "round $ROUND of $BENCH_ROUNDS"
  for server in $BENCH_SERVERS; do measure "$server"; done
done
