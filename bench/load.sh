# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Load on the server of the moment, with perfdhcp, and what is read of it.

load() { # ARGS...: perfdhcp as a relay agent in the clients' network; what it says goes to $LAB/perfdhcp.log
  # perfdhcp ends with 3 when packets were dropped. With a thread of its own for what it receives it takes more of the
  # processors that the server shares with it, and bears less load with every server (README.md).
  on_client timeout --signal=INT 90 perfdhcp -4 -g single -l client0 "$@" "$BENCH_ADDRESS" >"$LAB/perfdhcp.log" 2>&1 || [ $? -eq 3 ]
}

load_network() { # the clients' interface at the other end of the server's
  touch "$LAB/client" && unshare --net="$LAB/client" true
  on_client ip link set lo up
  load_link client0
}

load_link() { # CLIENT: one more pair of interfaces, server0 in the server's network and CLIENT in that of the clients
  on_server ip link set lo up
  on_server ip link add server0 type veth peer name "$1"
  on_server ip link set "$1" netns "$LAB/client"
  on_server ip address add "$BENCH_ADDRESS/$BENCH_PREFIX" dev server0
  on_server ip link set server0 up
  on_client ip address add "$BENCH_CLIENT/$BENCH_PREFIX" dev "$1"
  on_client ip link set "$1" up
  # nobody's ARP is measured
  on_server ip neigh replace "$BENCH_CLIENT" dev server0 lladdr "$(on_client cat "/sys/class/net/$1/address" 2>/dev/null || on_client ip -brief link show "$1" | awk '{ print $3 }')"
}

statistic() { # EXCHANGE FIELD: of the last load; EXCHANGE is DISCOVER-OFFER or REQUEST-ACK
  awk -v exchange="$1" -v field="$2:" '
    /Statistics for/ { here = index($0, exchange) }
    here && index($0, field) == 1 { sub(field " *", ""); print $1; exit }' "$LAB/perfdhcp.log"
}
answered() { local n; n=$(statistic REQUEST-ACK "received packets"); printf '%d' "${n:-0}"; }

cpu() { # microseconds of processor time, user and system, that the server has used
  awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%d", ($12 + $13) * 1000000 / hz }' "/proc/$SERVER/stat"
}
switches() { # context switches of all its threads
  cat /proc/"$SERVER"/task/*/status 2>/dev/null | awk '/ctxt_switches/ { n += $2 } END { print n }'
}
receive_errors() { # datagrams that the server's socket had no room for
  awk '$1 == "Udp:" && $6 ~ /^[0-9]+$/ { print $6 }' /proc/net/snmp
}

# trial RATE SECONDS: sets SENT, DONE (four-way exchanges), DROPS (in 1/10000), SPEED (exchanges a second) and COST (µs of
# the server's processor time an exchange).
trial() {
  local before after
  before=$(cpu)
  load -r "$1" -R "$CLIENTS" -p "$2" -W 1200000 -b "mac=00:0c:00:00:00:00"
  after=$(cpu)
  SENT=$(statistic DISCOVER-OFFER "sent packets"); SENT=${SENT:-0}
  DONE=$(answered)
  SPEED=$((DONE / $2))
  DROPS=10000 COST=0
  [ "$SENT" -eq 0 ] || DROPS=$(((SENT - DONE) * 10000 / SENT))
  [ "$DONE" -eq 0 ] || COST=$(((after - before) / DONE))
}
# The rate is kept when under 1 % is dropped and perfdhcp could send nearly as fast as it was told to.
trial_is_kept() { [ "$DROPS" -lt 100 ] && [ $((SENT * 100)) -ge $(($1 * $2 * 93)) ]; }

# highest FROM SECONDS STEPS: searches the highest rate that is kept; sets BEST (four-way exchanges a second), and
# BEST_COST.
highest() {
  local rate=$1 low=0 high=0 step=0
  BEST=0 BEST_COST=0
  while [ "$step" -lt "$3" ]; do
    trial "$rate" "$2"
    note "$NAME: asked $rate/s: sent $SENT, done $SPEED/s, dropped $DROPS/10000, $COST us"
    if trial_is_kept "$rate" "$2"; then
      low=$rate
      [ "$SPEED" -le "$BEST" ] || { BEST=$SPEED; BEST_COST=$COST; }
    else
      high=$rate
    fi
    if [ "$high" -eq 0 ]; then
      rate=$((rate * 2))
    elif [ "$low" -eq 0 ]; then
      rate=$((rate / 2)); [ "$rate" -gt 4 ] || return 0
    else
      step=$((step + 1)); rate=$(((low + high) / 2))
    fi
  done
}

# avalanche: sets AVALANCHE (seconds, or 0 when there was no end) and LOST (datagrams that found no room).
avalanche() {
  local before after
  before=$(receive_errors)
  load --scenario avalanche -R 4000 -b "mac=00:0d:$(printf '%02x' "$ROUND"):00:00:00" || true
  after=$(receive_errors)
  AVALANCHE=$(sed -nE 's/.*It took ([0-9:.]+).*/\1/p' "$LAB/perfdhcp.log" | awk -F: '{ s = 0; for (i = 1; i <= NF; i++) s = s * 60 + $i; printf "%.2f", s; exit }')
  AVALANCHE=${AVALANCHE:-0} LOST=$((after - before))
}
