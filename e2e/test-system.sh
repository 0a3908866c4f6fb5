#!/bin/busybox sh
# shellcheck shell=dash
# The first process of the test system: one line on the serial console, and off.
/bin/busybox mount -t proc proc /proc
read -r arguments </proc/cmdline
echo "slipway-test-system: booted from $arguments"
exec /bin/busybox poweroff -f
