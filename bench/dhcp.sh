# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# DHCP under load. ./slipway bench dhcp runs it. BENCH_OUT: the folder of the results. BENCH_SERVERS, BENCH_ROUNDS, BENCH_WARM (seconds),
# BENCH_TRIAL (seconds), BENCH_STEPS (halvings of the search).
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
peers_use "$BENCH_PEERS"

CLIENTS=${BENCH_CLIENTS:-50000}

# Where each search begins; later rounds begin near what the earlier ones found.
declare -A FROM=([slipway]=2000 [kea]=2000 [dnsmasq]=50 [isc]=25)
# The load while a server warms up: what it bears.
declare -A WARM=([slipway]=2000 [kea]=2000 [dnsmasq]=20 [isc]=20)

measure() { # NAME: one server, one round
  NAME=$1
  server_start "$NAME"
  load -r "${WARM[$NAME]}" -R "$CLIENTS" -p "$BENCH_WARM" -b mac=00:0c:00:00:00:00 || true
  highest "${FROM[$NAME]}" "$BENCH_TRIAL" "$BENCH_STEPS"
  [ "$BEST" -eq 0 ] || FROM[$NAME]=$((BEST * 9 / 10))
  server_stop
  server_start "$NAME" # empty again: the machines of an avalanche are new
  load -r "${WARM[$NAME]}" -R "$CLIENTS" -p "$((BENCH_WARM / 2))" -b mac=00:0c:00:00:00:00 || true
  avalanche
  server_stop
  DISK=$(disk_latency)
  note "$NAME: round $ROUND: $BEST/s, $BEST_COST us, avalanche $AVALANCHE s, lost $LOST, fdatasync $DISK us"
  row "$NAME" "$ROUND" "$BEST" "$BEST_COST" "$AVALANCHE" "$LOST" "$DISK"
  say "  $NAME: $BEST exchanges/s, $BEST_COST µs of CPU each, avalanche $AVALANCHE s, fdatasync $DISK µs"
}

disk_latency() { # the median of 200 fdatasyncs of 4 KB each into space that is there, where the leases are; microseconds
  perl -MTime::HiRes=time -e '
    open my $file, "+>", $ARGV[0] or die; binmode $file;
    syswrite $file, "\0" x (1 << 20); $file->sync if $file->can("sync");
    my @took;
    for my $i (0 .. 199) {
      sysseek $file, 4096 * $i, 0; syswrite $file, "x" x 4096;
      my $begun = time; syscall($ARGV[1], fileno $file); push @took, time - $begun;
    }
    unlink $ARGV[0]; printf "%d", 1e6 * (sort { $a <=> $b } @took)[100]' "$LAB/disk" "$(case $(uname -m) in x86_64) echo 75 ;; *) echo 83 ;; esac)"
}

case $(stat -f -c %T "$LAB") in tmpfs | ramfs) lab_fail "the leases would be on $(stat -f -c %T "$LAB"), which is no disk; set TMPDIR" ;; esac
load_network
bench_begin dhcp "Kea $(kea-dhcp4 -v), $DNSMASQ_VERSION, ISC dhcpd $(dhcpd --version 2>&1 | sed 's/isc-dhcpd-//')" \
  "warm-up $BENCH_WARM s, trials of $BENCH_TRIAL s, $CLIENTS clients" rate cpu_us avalanche_s lost fdatasync_us
# shellcheck disable=SC2086 # a list
bench_rounds measure $BENCH_SERVERS
