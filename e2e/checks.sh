# shellcheck shell=bash
# Sourced by the cases: a check is one line, ok or not ok, and a failed one does not stop those after it. It runs in a
# subshell: what it sets is gone afterwards.

FAILED=0

# check DESCRIPTION COMMAND...: the command must succeed; its output is shown when it does not.
check() {
  local what=$1
  shift
  if ("$@") >"$LAB/check.out" 2>&1; then
    echo "ok $what"
  else
    echo "not ok $what"
    tail -n 15 "$LAB/check.out" | sed 's/^/    /'
    FAILED=1
  fi
}

checks_end() {
  [ "$FAILED" -eq 0 ] || lab_fail "some checks failed"
}
