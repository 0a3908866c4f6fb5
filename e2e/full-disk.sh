# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# The disk that the leases are on gets full under load, and has space again: on a file system of its own, in a file.
. "$HERE/e2e/checks.sh"
. "$HERE/bench/peers.sh"
. "$HERE/bench/servers.sh"
. "$HERE/bench/load.sh"
peers_use "$HERE/target/bench/peers"

STORE=$LAB/slipway
SMALL=$LAB/small
mkdir -p "$STORE/etc" "$SMALL"
truncate -s 16M "$LAB/small.ext4"
if mkfs.ext4 -q -m 0 "$LAB/small.ext4" && mount -o loop "$LAB/small.ext4" "$SMALL" 2>"$LAB/mount.log"; then
  echo "the leases are on an ext4 of 16 MB"
else # an ordinary user, or no loop devices
  mount -t tmpfs -o size=16m small "$SMALL"
  echo "the leases are on a tmpfs of 16 MB"
fi
printf 'folder = %s\nreserveMegabytes = 1\n' "$SMALL/state" >"$STORE/etc/io.slipway.state.embedded.cfg"

load_network
start_slipway
nsenter --net="$LAB/client" perl "$HERE/e2e/acks.pl" client0 >"$LAB/acks.txt" 2>"$LAB/acks.log" &
await 10 "record of ACKs" grep -q listening "$LAB/acks.log"
acks_of() { grep -c " $1" "$LAB/acks.txt" || true; }
machines() { # GROUP SECONDS [COUNT]: load of machines whose MAC begins with 00:0c:GROUP
  load -r 400 -R "${3:-20000}" -p "$2" -W 1000000 -b "mac=00:0c:$1:00:00:00"
}
says() { grep -q "$1" "$STORE.log"; }
until_said() { # TEXT GROUP [COUNT]: load of these machines until the server says so
  local round
  for round in $(seq 20); do
    machines "$2" 4 "${3:-20000}"
    if says "$1"; then return 0; fi
  done
  return 1
}

machines 0a 3 200
check "machines have leases" [ "$(acks_of 00:0c:0a)" -gt 50 ]
dd if=/dev/zero of="$SMALL/ballast" bs=64k 2>/dev/null || true
dd if=/dev/zero of="$SMALL/ballast2" bs=512 2>/dev/null || true
check "the disk is full" sh -c "! dd if=/dev/zero of='$SMALL/more' bs=4096 count=1"
check "that is told of" until_said 'gets no more space' 0b

before=$(acks_of 00:0c:0a)
machines 0c 4
machines 0a 4 200
echo "with the disk full: $(acks_of 00:0c:0c) new leases, $(($(acks_of 00:0c:0a) - before)) renewed"
check "new machines are not acknowledged what cannot be kept" [ "$(acks_of 00:0c:0c)" -eq 0 ]
check "leases that exist are renewed" [ "$(($(acks_of 00:0c:0a) - before))" -gt 50 ]
once() { [ "$(grep -c "$1" "$STORE.log")" -eq 1 ]; }
check "the store says it once, with the cause" once 'ERROR.*gets no more space.*No space left on device'
check "DHCP says it once" once 'ERROR.*DHCP replies are not sent'

check "the last space is used" until_said 'ERROR.*state log .* cannot be written' 0a 200
before=$(wc -l <"$LAB/acks.txt")
machines 0a 3 200
check "then nothing is acknowledged" [ "$(wc -l <"$LAB/acks.txt")" -eq "$before" ]

rm "$SMALL"/ballast*
again() { machines 0d 2; [ "$(acks_of 00:0c:0d)" -gt 0 ]; }
check "with space again new machines are served, without a restart" await 30 "ACK" again
check "the store says that too" says 'has space again'
check "nothing else is an error" sh -c "! grep ' ERROR ' '$STORE.log' | grep -v -e 'gets no more space' -e 'replies are not sent' -e 'cannot be written'"

kill -KILL "$SERVER"
wait "$SERVER" 2>/dev/null || true
rm "$STORE.log"
start_slipway
"$HERE/slipway" shell --data "$STORE" "dhcp:leases --state bound --limit 1000000" >"$LAB/leases.txt" 2>&1 </dev/null
perl "$HERE/e2e/held.pl" "$LAB/acks.txt" "$LAB/leases.txt" | tail -n 1 || true
check "killed and started again, all that was acknowledged is there" perl "$HERE/e2e/held.pl" "$LAB/acks.txt" "$LAB/leases.txt"
checks_end
