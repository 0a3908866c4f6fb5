#!/usr/bin/env bash
# Bytes that nobody thought of, for a quarter of a minute each: the DHCP decoder, the whole chain, TFTP and HTTP. Called by run.sh.
HERE=$(cd "$(dirname "$0")/.." && pwd)
if "$HERE/slipway" fuzz --time 15s; then
  echo "ok nothing breaks the decoder, the chain, TFTP or HTTP"
else
  echo "not ok something breaks one of them"
fi
