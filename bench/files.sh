# shellcheck shell=bash disable=SC2034,SC2154 # runs inside a lab, after lab.sh; what it sets is read by tftp.sh and http.sh
# Servers of boot files, each with the same files: initrd.gz is BENCH_FILE, part is 1.2 MB of it, and small is 42,000 bytes.
# STORE: the server's folder.

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
  printf 'subnet = 10.99.0.0/16\nleaseTime = 3600\n' >"$STORE/etc/io.slipway.dhcp.subnet-lan.cfg"
  printf 'maximumTransfersPerClient = 1000\n' >"$STORE/etc/io.slipway.tftp.server.cfg" # all machines have one address here
  "$HERE/slipway" run --interface server0 --range "$BENCH_RANGE" --data "$STORE" >"$STORE.log" 2>&1 &
  SERVER=$!
  await 90 "ready line" grep -qs '^ready' "$STORE.log"
  await 30 "image" slipway_image
  BENCH_PATH=$(sed -nE 's/.*(sha256:[0-9a-f]{64}).*/\1/p' "$LAB/import.log" | head -n 1)
  BENCH_PATH=/images/${BENCH_PATH/:/-}
}
slipway_image() { "$HERE/slipway" shell --data "$STORE" "image:import $STORE/image bench:1" </dev/null >"$LAB/import.log" 2>&1; }

tree() { # the same files, as the others want them
  mkdir -p "$STORE/files"
  files_cut "$STORE/files"
  chmod a+rx "$LAB" "$STORE"
  chmod -R a+rX "$STORE/files"
  BENCH_PATH=''
}

start_dnsmasq_files() {
  tree
  dnsmasq --keep-in-foreground --conf-file=/dev/null --user=root --port=0 --interface=server0 --bind-interfaces \
    --enable-tftp --tftp-root="$STORE/files" --tftp-max=2000 --log-facility="$STORE.log" --pid-file= &
  SERVER=$!
}

start_atftpd_files() { # its default of 100 threads holds all the machines
  tree
  atftpd --daemon --no-fork --user root --group root --bind-address "$BENCH_ADDRESS" --logfile "$STORE.log" "$STORE/files" &
  SERVER=$!
}

start_hpa_files() {
  tree
  in.tftpd --foreground --user root --address "$BENCH_ADDRESS:69" --secure "$STORE/files" >"$STORE.log" 2>&1 &
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
  nginx -c "$STORE/nginx.conf" >>"$STORE.log" 2>&1 &
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
