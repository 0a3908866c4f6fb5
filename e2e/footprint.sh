# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Prints what a server costs: start to ready (first and later), idle resident memory, heap limit, size of the assembly.
# Run it with: e2e/run.sh footprint
. "$HERE/e2e/checks.sh"

started() { # prints the seconds from the command to the ready line
  local begin
  begin=$(date +%s%N)
  lab_server
  awk -v ns=$(($(date +%s%N) - begin)) 'BEGIN { printf "%.1f", ns / 1e9 }' >"$LAB/seconds"
}
stopped() {
  kill -TERM "$SERVER"
  wait "$SERVER" || true # ended by a signal, so its status is not 0
}

lab_network
started && echo "start to ready, first:        $(cat "$LAB/seconds") s"
check "the first start is ready" test -s "$LAB/seconds"
stopped
for n in 1 2 3; do
  started && echo "start to ready, later ($n):    $(cat "$LAB/seconds") s"
  [ "$n" = 3 ] || stopped
done
sleep 20 # idle means: after the start's garbage has come to rest
resident=$(awk '/VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$SERVER/status")
heap=$(tr '\0' '\n' <"/proc/$SERVER/cmdline" | grep -m1 '^-Xmx')
archive=$(find "$HERE/karaf-assembly/target" -maxdepth 1 -name '*.tar.gz' -printf '%s')
echo "resident memory, idle:        $resident MB"
echo "heap limit:                   ${heap#-Xmx}"
echo "size of the assembly:         $((archive / 1000000)) MB"
check "the heap has an explicit limit" test -n "$heap"
checks_end
