#!/usr/bin/env bash
# The first process of a lab (see lab_run): runs a script and, where that is wanted, keeps what it started.
set -uo pipefail
. "$HERE/e2e/lab.sh"
export DATA=$LAB/data
read -r outside _ </proc/self/stat # this process's id as the host sees it
mkdir -p "$DATA" && echo "$outside" >"$DATA/lab.pid"
# From here on an id names a process of the lab, in /proc as everywhere else.
mount -t proc proc /proc || exit 1
bash -euo pipefail -c '. "$HERE/e2e/lab.sh"; . "$0"' "$@"
status=$?
[ "$status" -eq 0 ] || touch "$LAB/failed"
if [ "$status" -eq 0 ] && [ "$LAB_KEEP" = yes ]; then
  exec >/dev/null 2>&1
  touch "$LAB/kept"
  exec sleep infinity
fi
exit "$status"
