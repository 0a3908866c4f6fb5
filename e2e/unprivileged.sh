# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# The server as an ordinary user with two capabilities, as docs/slipway.service runs it; and a machine boots from it.
. "$HERE/e2e/checks.sh"
user=65534 # nobody
# Only ids of this range exist in the user namespace that an ordinary user's lab is in.
if [ "$(awk '{ n += $3 } END { printf "%.0f", n }' /proc/self/uid_map)" -le "$user" ]; then
  echo "slipway: this case changes the user, which needs ./slipway test to run as root" >&2
  exit 77
fi

# A copy, for the checkout may be in a folder that only its owner may enter.
program=$LAB/program/slipway
mkdir -p "$LAB/program/karaf-assembly/target"
cp "$HERE/slipway" "$LAB/program/"
cp -r "$HERE/karaf-assembly/target/assembly" "$LAB/program/karaf-assembly/target/"
chmod -R a+rX "$LAB/program"
chmod 711 "$LAB"
chown -R "$user:$user" "$DATA"

capabilities=-all,+net_bind_service,+net_raw
as_user() { # COMMAND...: with those capabilities and no way to more, in this process
  exec setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --inh-caps "$capabilities" \
    --ambient-caps "$capabilities" --bounding-set "$capabilities" env HOME="$DATA" "$@"
}
status_has() { grep -Eq "$1" "/proc/$SERVER/status"; }
says() { grep -Eq "$1" "$LAB/server.log"; }

lab_network
lab_serve as_user "$program" run --interface br0 --range "$LAB_RANGE" --data "$DATA"
grep -E '^(Uid|Cap|NoNewPrivs)' "/proc/$SERVER/status"
check "the process is Java" sh -c "readlink /proc/$SERVER/exe | grep '/java\$'"
check "its user is nobody" status_has "^Uid:\\s+$user\\s+$user\\s"
for set in Inh Prm Eff Bnd Amb; do # bits 10 and 13
  check "Cap$set is CAP_NET_BIND_SERVICE and CAP_NET_RAW" status_has "^Cap$set:\\s+0000000000002400\$"
done
check "it can gain no more" status_has '^NoNewPrivs:\s+1$'
check "nothing was refused" sh -c "! grep -E 'ERROR|WARN' '$LAB/server.log'"
lab_image test-system pxelinux >"$LAB/import.log"
lab_machine bios
await 300 "line of the test system" lab_console_has 'slipway-test-system: booted from'
echo "ok a BIOS machine boots from it"
check "all files are its user's" sh -c "! find '$DATA' ! -user $user ! -name 'test-system.yaml' ! -name lab.pid | grep ."
checks_end
