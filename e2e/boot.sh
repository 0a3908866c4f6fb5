# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# `./slipway demo`: one machine from an empty disk to the installer's first screen, with its timeline.
firmware=$1 loader=$2
limit=300
[ "$firmware" = bios ] || limit=600

echo "starting the server in a private network"
lab_network
lab_server
grep '^ready' "$LAB/server.log"
lab_image installer "$loader"
echo "starting a machine with $firmware firmware that is to use $loader, MAC $LAB_MAC (software emulation takes a minute or three)"
set -m
lab_shell 'boot:timeline --follow' 2>"$LAB/timeline.err.log" &
timeline=$!
set +m
lab_machine "$firmware" "$loader"
await "$limit" "first screen of the installer" lab_console_has 'Select a language'
kill -- "-$timeline" 2>/dev/null || true
echo "the Debian installer asks for a language on the machine's serial console"
if [ "$LAB_KEEP" = yes ]; then
  cat <<TEXT
Everything is left running, in a network of its own.
  its shell:        ./slipway shell --data $DATA
  serial console:   tail -f $LAB/serial.log
  end and clean up: kill -KILL $(cat "$DATA/lab.pid"); rm -rf $LAB
TEXT
fi
