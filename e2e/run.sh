#!/usr/bin/env bash
# Real clients and real firmware, each in a lab of its own. Called by `./slipway test`; alone: e2e/run.sh [case...]
# Ends with one line: N passed, N failed, N skipped.
set -uo pipefail
HERE=$(cd "$(dirname "$0")/.." && pwd)
OUT=$HERE/target/e2e
. "$HERE/e2e/lab.sh"

passed=0 failed=0 skipped=0

run_case() { # NAME SCRIPT ARGS...: into $OUT/NAME.txt; one line a check: ok|not ok DESCRIPTION
  local name=$1 started=$SECONDS status
  shift
  (
    export LAB_LOGS=$OUT/$name
    lab_run no "$@"
  ) >"$OUT/$name.txt" 2>&1
  status=$?
  printf '%s %s\n' "$status" "$((SECONDS - started))" >"$OUT/$name.status"
}

report() { # NAME: shows what the case printed and counts its checks
  local name=$1 status seconds ok bad
  read -r status seconds <"$OUT/$name.status"
  ok=$(grep -c '^ok ' "$OUT/$name.txt")
  bad=$(grep -c '^not ok ' "$OUT/$name.txt")
  echo "== $name: exit $status after $seconds s"
  cat "$OUT/$name.txt"
  if [ "$status" -eq 77 ] && [ "${SLIPWAY_ALLOW_SKIP:-no}" = yes ]; then
    skipped=$((skipped + 1))
    return
  fi
  # A case that ends badly without saying which check failed, or that checks nothing, has failed.
  if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then bad=1; fi
  passed=$((passed + ok)) failed=$((failed + bad))
}

cases=("$@")
[ $# -gt 0 ] || cases=(footprint clients firmware-bios firmware-uefi)
rm -rf "$OUT" && mkdir -p "$OUT"
for name in "${cases[@]}"; do
  case $name in
    clients | footprint) run_case "$name" "$HERE/e2e/$name.sh" ;;
    # The two emulated machines run side by side, one a processor.
    firmware-*) run_case "$name" "$HERE/e2e/firmware.sh" "${name#firmware-}" & ;;
    *) echo "no case '$name'; there are: footprint clients firmware-bios firmware-uefi" >&2; exit 2 ;;
  esac
done
wait
for name in "${cases[@]}"; do report "$name"; done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
