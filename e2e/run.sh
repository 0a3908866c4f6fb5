#!/usr/bin/env bash
# Real clients and real firmware, each in a lab of its own. Called by `./slipway test`; alone: e2e/run.sh [--all | case...]
# Ends with one line: N passed, N failed, N skipped.
set -uo pipefail
HERE=$(cd "$(dirname "$0")/.." && pwd)
OUT=$HERE/target/e2e
. "$HERE/e2e/lab.sh"

# firmware-FIRMWARE-LOADER-IMAGE[-proxy|-auto|-menu], see firmware.sh. The usual ones boot each loader once, and the
# installer once; the slow ones are what that leaves: the installer by each loader, firmware's own menu, the programs of
# iPXE that few machines are given, machines beside other DHCP servers, interfaces that come and go, what an idle server
# costs, fifty kills under load, a disk that gets full, thousands of transfers on a bad network, attacks on TFTP and HTTP, and
# two builds from scratch.
USUAL=(fuzz clients dhcp http https images registry limits ipv6 unprivileged newcomers migrate force check
  firmware-uefi-grub-test-system firmware-uefi-ipxe-test-system firmware-uefi-uefi-http-unified-kernel
  firmware-bios-pxelinux-test-system firmware-bios-ipxe-installer proxy)
SLOW=(footprint durability full-disk links swarm attacks
  firmware-uefi-grub-installer firmware-uefi-ipxe-installer firmware-uefi-uefi-http-installer
  firmware-bios-pxelinux-installer firmware-bios-ipxe-test-system firmware-uefi-uefi-http-test-system
  firmware-bios-pxelinux-installer-proxy firmware-uefi-ipxe-installer-proxy firmware-uefi-ipxe-test-system-proxy
  firmware-bios-pxelinux-test-system-proxy firmware-bios-ipxe-test-system-auto
  firmware-bios-pxelinux-test-system-menu firmware-uefi-ipxe-test-system-menu
  firmware-bios-undionly-test-menu firmware-uefi-snponly-test-system
  reproducible)

passed=0 failed=0 skipped=0

run_case() { # NAME COMMAND...: into $OUT/NAME.txt; one line a check: ok|not ok DESCRIPTION
  local name=$1 started=$SECONDS status
  shift
  (
    export LAB_LOGS=$OUT/$name
    "$@"
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
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + 1))
    return
  fi
  # A case that ends badly without saying which check failed, or that checks nothing, has failed.
  if [ "$bad" -eq 0 ] && { [ "$status" -ne 0 ] || [ "$ok" -eq 0 ]; }; then bad=1; fi
  passed=$((passed + ok)) failed=$((failed + bad))
}

case ${1:-} in
  '') cases=("${USUAL[@]}") ;;
  --all) cases=("${USUAL[@]}" "${SLOW[@]}") ;;
  *) cases=("$@") ;;
esac
for name in "${cases[@]}"; do
  if [[ " ${USUAL[*]} ${SLOW[*]} " != *" $name "* ]]; then
    echo "no case '$name'; there are: ${USUAL[*]} ${SLOW[*]}" >&2
    exit 2
  fi
done
rm -rf "$OUT" && mkdir -p "$OUT"
if [[ " ${cases[*]} " = *" dhcp "* ]]; then "$HERE/e2e/unpack.sh" "$HERE/target/e2e-packages" isc-dhcp-relay bootpc; fi
if [[ " ${cases[*]} " = *" registry "* ]]; then "$HERE/e2e/unpack.sh" "$HERE/target/e2e-packages" docker-registry; fi
if [[ " ${cases[*]} " =~ \ (durability|force|full-disk)\  ]]; then "$HERE/e2e/unpack.sh" "$HERE/target/bench/peers" kea-admin; fi # perfdhcp
if [[ " ${cases[*]} " =~ \ (swarm|attacks)\  ]]; then SWARM_MACHINES=$("$HERE/slipway" machines) && export SWARM_MACHINES; fi
running=0
# An emulated machine takes a whole processor, but half of the time a case waits: for a lease to end, for a timeout.
most=$(($(nproc) + 1))
beside() { # COMMAND...: in the background
  [ "$running" -lt "$most" ] || { wait -n; running=$((running - 1)); }
  "$@" &
  running=$((running + 1))
}
for name in "${cases[@]}"; do
  case $name in
    firmware-*)
      [[ $name =~ ^firmware-([a-z]+)-(.+)-(installer|test-system|test-menu|unified-kernel)(-(proxy|auto|menu))?$ ]]
      beside run_case "$name" lab_run no "$HERE/e2e/firmware.sh" "${BASH_REMATCH[@]:1:3}" ${BASH_REMATCH[5]:+"${BASH_REMATCH[5]}"} ;;
    footprint) # measures, so nothing runs beside it
      wait
      running=0
      run_case "$name" lab_run no "$HERE/e2e/$name.sh" ;;
    durability | force | full-disk) # /tmp may be in memory
      TMPDIR=$OUT beside run_case "$name" lab_run no "$HERE/e2e/$name.sh" ;;
    fuzz | reproducible) # need no network of their own, but perhaps the real one, for what Maven lacks
      beside run_case "$name" "$HERE/e2e/$name.sh" ;;
    *) beside run_case "$name" lab_run no "$HERE/e2e/$name.sh" ;;
  esac
done
wait
for name in "${cases[@]}"; do report "$name"; done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
