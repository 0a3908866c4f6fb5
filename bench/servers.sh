# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# How each server is started: the same network, the same pool, the same lease time, each with its own way of storing a
# lease left as its package has it. BENCH_SERVERS names them. Each start is with an empty lease store.

BENCH_ADDRESS=10.99.0.1
BENCH_CLIENT=10.99.255.1
BENCH_PREFIX=16
BENCH_RANGE=10.99.1.0-10.99.250.255
BENCH_LEASE=3600

# The command that runs another in the server's network: with files.sh each has its own. A server in the background is
# started by it and not by the function, whose process would be the one that $! names.
ON_SERVER=()
on_server() { "${ON_SERVER[@]}" "$@"; }

say() { printf '%s\n' "$*"; }
note() { printf '%(%T)T %s\n' -1 "$*" >>"$BENCH_OUT/$BENCH.log"; }
row() { # VALUES...: of one server, one round
  local IFS=$'\t'
  printf '%s\n' "$*" >>"$BENCH_OUT/$BENCH.tsv"
}
bench_begin() { # NAME VERSIONS METHOD COLUMNS...
  BENCH=$1
  : >"$BENCH_OUT/$BENCH.log"
  : >"$BENCH_OUT/$BENCH.tsv"
  machine "Slipway $SLIPWAY_VERSION, $2, Java $JAVA_VERSION" "$BENCH_ROUNDS rounds, $3" >"$BENCH_OUT/$BENCH.machine.tsv"
  row server round "${@:4}"
}
bench_rounds() { # FUNCTION EACH...: all in turn, in several rounds, so that what else the machine does meets all of them alike
  local each
  for ((ROUND = 1; ROUND <= BENCH_ROUNDS; ROUND++)); do
    say "round $ROUND of $BENCH_ROUNDS"
    for each in "${@:2}"; do
      # shellcheck disable=SC2086 # words
      "$1" $each
    done
  done
}

machine() { # VERSIONS METHOD: the facts that stand above a table
  printf 'machine\t%s, %s processors, %s MB, Linux %s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)" \
    "$(nproc)" "$(awk '/MemTotal/ { printf "%d", $2 / 1024 }' /proc/meminfo)" "$(uname -r)"
  printf 'file system\t%s\nversions\t%s\n' "$(stat -f -c %T "$LAB")" "$1"
  printf 'load at the start\t%s\nmethod\t%s\n' "$(cut -d' ' -f1-3 /proc/loadavg)" "$2"
}
SLIPWAY_VERSION=$(git -C "$HERE" describe --always --dirty 2>/dev/null || echo '?')
DNSMASQ_VERSION=$(dnsmasq --version 2>/dev/null | head -1 | sed 's/ *Copyright.*//')
JAVA_VERSION=$("${JAVA_HOME:-/usr}/bin/java" -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p')

server_start() { # NAME: sets SERVER, its process id; returns when it answers
  STORE=$LAB/$1
  rm -rf "$STORE" && mkdir -p "$STORE"
  "start_$1"
  await 10 "answer from $1" server_answers "$1"
}

server_answers() {
  kill -0 "$SERVER" 2>/dev/null || { tail -n 5 "$STORE.log" >&2; lab_fail "$1 ended"; }
  load -r 20 -n 5 -R 1 -W 200000 -b mac=00:0c:00:00:00:01 && [ "$(answered)" -gt 0 ]
}

server_stop() {
  kill -TERM "$SERVER" 2>/dev/null || true
  wait "$SERVER" 2>/dev/null || true
}

start_slipway() { # as everybody runs it: forced to disk before each ACK
  mkdir -p "$STORE/etc"
  printf 'subnet = 10.99.0.0/16\nleaseTime = %s\n' "$BENCH_LEASE" >"$STORE/etc/io.slipway.dhcp.subnet-lan.cfg"
  "$HERE/slipway" run --interface server0 --range "$BENCH_RANGE" --data "$STORE" >"$STORE.log" 2>&1 &
  SERVER=$!
  await 90 "ready line" grep -qs '^ready' "$STORE.log"
}

start_kea() { # memfile is written and not forced
  cat >"$STORE/kea.json" <<JSON
{ "Dhcp4": {
  "interfaces-config": { "interfaces": [ "server0" ], "dhcp-socket-type": "udp" },
  "lease-database": { "type": "memfile", "persist": true, "name": "$STORE/leases.csv", "lfc-interval": 0 },
  "multi-threading": { "enable-multi-threading": true },
  "valid-lifetime": $BENCH_LEASE,
  "subnet4": [ { "subnet": "10.99.0.0/16", "pools": [ { "pool": "${BENCH_RANGE/-/ - }" } ] } ],
  "loggers": [ { "name": "kea-dhcp4", "severity": "WARN", "output_options": [ { "output": "stderr" } ] } ]
} }
JSON
  KEA_PIDFILE_DIR=$STORE KEA_LOCKFILE_DIR=$STORE kea-dhcp4 -c "$STORE/kea.json" >"$STORE.log" 2>&1 &
  SERVER=$!
}

start_dnsmasq() { # rewrites its lease file
  dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --port=0 --interface=server0 --bind-interfaces \
    --dhcp-range="${BENCH_RANGE/-/,},255.255.0.0,${BENCH_LEASE}" --dhcp-leasefile="$STORE/leases" --pid-file= \
    --dhcp-lease-max=1000000 --dhcp-authoritative --no-ping --quiet-dhcp --log-facility="$STORE.log" &
  SERVER=$!
}

start_isc() { # forces each lease
  cat >"$STORE/dhcpd.conf" <<CONF
authoritative;
ping-check false;
default-lease-time $BENCH_LEASE;
max-lease-time $BENCH_LEASE;
subnet 10.99.0.0 netmask 255.255.0.0 { range ${BENCH_RANGE/-/ }; }
CONF
  : >"$STORE/leases"
  dhcpd -4 -f -q -cf "$STORE/dhcpd.conf" -lf "$STORE/leases" --no-pid server0 >"$STORE.log" 2>&1 &
  SERVER=$!
}
