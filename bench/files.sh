# shellcheck shell=bash disable=SC2034,SC2154 # runs inside a lab, after lab.sh; what it sets is read by tftp.sh, http.sh and storm.sh
# Servers of boot files, each with the same files: initrd.gz is BENCH_FILE, part is 1.2 MB of it, and small is 42,000 bytes.
# NAME: the server of the moment. STORE: its folder.

declare -A FILES # what files_use needs to know

# All servers are there at once, each in a network of its own, and take turns within seconds; and a round measures
# everything once: what else the machine does meets all servers and all scenarios alike. BENCH_SCENARIOS: the names of those
# that are measured, all unless it is set. What the bench says: SCENARIOS, of_scenario (takes one apart), serves (whether NAME
# has it), warm, measure, answers.
files_bench() {
  local number=0 each measured=()
  for NAME in $BENCH_SERVERS; do
    ON_SERVER=(nsenter --net="$LAB/net-$NAME")
    BENCH_ADDRESS=10.$((99 + number)).0.1 BENCH_CLIENT=10.$((99 + number)).255.1
    touch "$LAB/net-$NAME" && unshare --net="$LAB/net-$NAME" true
    if [ "$number" -eq 0 ]; then load_network; else load_link "client$number"; fi
    files_serve "$NAME" "start_${NAME}_files"
    FILES[$NAME]="$SERVER $BENCH_ADDRESS $BENCH_PATH"
    number=$((number + 1))
  done
  for each in "${SCENARIOS[@]}"; do
    [[ " ${BENCH_SCENARIOS:-${each%% *}} " == *" ${each%% *} "* ]] || continue
    of_scenario "$each"
    for NAME in $BENCH_SERVERS; do
      files_use "$NAME" && serves || continue
      warm || true # until what is compiled as it runs is compiled, and the file is in memory
    done
    measured+=("$each")
  done
  bench_rounds files_measure "${measured[@]}"
  for NAME in $BENCH_SERVERS; do
    files_use "$NAME"
    say "$NAME: at most $(($(memory) / 1024)) MB"
    server_stop
  done
}
files_use() { # NAME: what is measured now
  NAME=$1 STORE=$LAB/$1
  read -r SERVER BENCH_ADDRESS BENCH_PATH <<<"${FILES[$1]}"
}
files_measure() { # SCENARIO: of every server that has it, in turn
  of_scenario "$*"
  for NAME in $BENCH_SERVERS; do
    files_use "$NAME"
    if serves; then measure; fi
  done
}

files_serve() { # SERVER STARTER: starts it; returns when it answers as the bench's "answers" says
  NAME=$1
  STORE=$LAB/$NAME
  rm -rf "$STORE" && mkdir -p "$STORE"
  "$2"
  await 60 "answer from $NAME" files_answered
}
files_answered() {
  kill -0 "$SERVER" 2>/dev/null || { tail -n 5 "$STORE.log" >&2; lab_fail "$NAME ended"; }
  answers
}
files_cut() { # FOLDER
  cp "$BENCH_FILE" "$1/initrd.gz"
  head -c 1200000 "$BENCH_FILE" >"$1/part"
  head -c 42000 "$BENCH_FILE" >"$1/small"
}
machines_figure() { # NAME: what follows it in the last line of those who play machines
  awk -v name="$1" '$1 == "machines" { for (i = 1; i < NF; i++) if ($i == name) value = $(i + 1) } END { print value + 0 }' "$LAB/machines.log"
}

start_slipway_files() {
  mkdir -p "$STORE/etc" "$STORE/image"
  files_cut "$STORE/image"
  local net=${BENCH_ADDRESS%.0.1}
  printf 'subnet = %s.0.0/16\nleaseTime = 3600\n' "$net" >"$STORE/etc/io.slipway.dhcp.subnet-lan.cfg"
  printf 'maximumTransfersPerClient = 1000\n' >"$STORE/etc/io.slipway.tftp.server.cfg" # all machines have one address here
  "${ON_SERVER[@]}" "$HERE/slipway" run --interface server0 --range "${BENCH_RANGE//10.99/$net}" --data "$STORE" >"$STORE.log" 2>&1 &
  SERVER=$!
  await 90 "ready line" grep -qs '^ready' "$STORE.log"
  await 30 "image" slipway_image
  BENCH_PATH=$(sed -nE 's/.*(sha256:[0-9a-f]{64}).*/\1/p' "$LAB/import.log" | head -n 1)
  BENCH_PATH=/images/${BENCH_PATH/:/-}
}
slipway_image() { on_server "$HERE/slipway" shell --data "$STORE" "image:import $STORE/image bench:1" </dev/null >"$LAB/import.log" 2>&1; }

tree() { # the same files, as the others want them
  mkdir -p "$STORE/files"
  files_cut "$STORE/files"
  chmod a+rx "$LAB" "$STORE"
  chmod -R a+rX "$STORE/files"
  BENCH_PATH=''
}

start_dnsmasq_files() {
  tree
  "${ON_SERVER[@]}" dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --port=0 --interface=server0 --bind-interfaces \
    --enable-tftp --tftp-root="$STORE/files" --tftp-max=2000 --log-facility="$STORE.log" --pid-file= &
  SERVER=$!
}

start_atftpd_files() { # its default of 100 threads holds all the machines
  tree
  "${ON_SERVER[@]}" atftpd --daemon --no-fork --user root --group root --bind-address "$BENCH_ADDRESS" --logfile "$STORE.log" "$STORE/files" &
  SERVER=$!
}

start_hpa_files() {
  tree
  "${ON_SERVER[@]}" in.tftpd --foreground --user root --address "$BENCH_ADDRESS:69" --secure "$STORE/files" >"$STORE.log" 2>&1 &
  SERVER=$!
}

start_nginx_files() { # as its package has it, but in this folder: one worker a processor, sendfile, an access log
  tree
  cat >"$STORE/nginx.conf" <<CONF
user root;
worker_processes auto;
pid $STORE/nginx.pid;
error_log $STORE.log;
daemon off;
events { worker_connections 4096; }
http {
  sendfile on;
  tcp_nopush on;
  default_type application/octet-stream;
  access_log $STORE/access.log;
  client_body_temp_path $STORE/body; proxy_temp_path $STORE/proxy; fastcgi_temp_path $STORE/fastcgi;
  uwsgi_temp_path $STORE/uwsgi; scgi_temp_path $STORE/scgi;
  server { listen $BENCH_ADDRESS:80; root $STORE/files; }
}
CONF
  "${ON_SERVER[@]}" nginx -c "$STORE/nginx.conf" >>"$STORE.log" 2>&1 &
  SERVER=$!
}

family_cpu() { # microseconds of processor time of the server, its children, and those that it has awaited
  cat "/proc/$SERVER/stat" $(sed 's#\([0-9]*\) *#/proc/\1/stat #g' "/proc/$SERVER/task/$SERVER/children") 2>/dev/null \
    | awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); n += $12 + $13 + $14 + $15 } END { printf "%.0f", n * 1000000 / hz }'
}

memory() { # KB of the server and its children at the most so far
  cat "/proc/$SERVER/status" $(sed 's#\([0-9]*\) *#/proc/\1/status #g' "/proc/$SERVER/task/$SERVER/children") 2>/dev/null \
    | awk '/^VmHWM/ { n += $2 } END { print n }'
}
