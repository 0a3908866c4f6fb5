# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# A boot storm: a thousand machines from DISCOVER to the last byte of an initrd, Slipway against dnsmasq (DHCP and TFTP) with
# nginx (HTTP). ./slipway bench storm runs it. BENCH_OUT: the folder of the results. BENCH_SERVERS, BENCH_ROUNDS,
# BENCH_CLIENTS, BENCH_FILE: the initrd. BENCH_MACHINES: the command that plays machines.
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
. "$HERE/bench/files.sh"
peers_use "$BENCH_PEERS"

PXELINUX=/usr/lib/PXELINUX/pxelinux.0 # what is fetched by TFTP first
BENCH_RANGE=10.99.128.0-10.99.191.255
POOL=10.99.128.0/18 # the same: the machines' own addresses

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

answers() { play 1 99; }

measure() { # SERVER
  local before
  files_serve "$1" "start_$1_storm"
  play 50 98 || true # to warm up
  before=$(both family_cpu)
  play "$BENCH_CLIENTS" "$ROUND" || true
  note "$NAME: $(cat "$LAB/machines.log")"
  row "$NAME" "$ROUND" "$(machines_figure seconds)" "$(machines_figure p50)" "$(machines_figure p99)" "$(machines_figure last)" \
    "$(machines_figure failed)" "$((($(both family_cpu) - before) / 1000))" "$(($(both memory) / 1024))"
  say "  $NAME: $(head -n 1 "$LAB/machines.log"), $((($(both family_cpu) - before) / 1000)) ms of CPU, at most $(($(both memory) / 1024)) MB"
  [ "$NAME" = slipway ] || { SERVER=$NGINX server_stop; }
  server_stop
}

load_network
on_client ip route add local "$POOL" dev lo
ulimit -n "$(ulimit -H -n)"
bench_begin storm "$DNSMASQ_VERSION, $(nginx -v 2>&1 | sed 's/.*: //')" \
  "$BENCH_CLIENTS machines within a second, $(stat -c %s "$BENCH_FILE") bytes each" seconds p50_ms p99_ms last_ms failed cpu_ms MB
# shellcheck disable=SC2086 # a list
bench_rounds measure $BENCH_SERVERS
