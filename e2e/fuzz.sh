#!/usr/bin/env bash
# Bytes that nobody thought of, for half a minute each: the DHCP decoder, and the whole chain. Called by run.sh.
HERE=$(cd "$(dirname "$0")/.." && pwd)
if "$HERE/slipway" fuzz --time 30s; then
  echo "ok nothing breaks the decoder or the chain"
else
  echo "not ok something breaks the decoder or the chain"
fi
