# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# `./slipway check`: a whole configuration, tried beside the server that runs.
. "$HERE/e2e/checks.sh"

checked() { # STATUS [ARGS...]: into check.txt, and must end with STATUS
  local expected=$1 status=0
  shift
  "$HERE/slipway" check "$@" >"$LAB/check.txt" 2>&1 || status=$?
  cat "$LAB/check.txt"
  [ "$status" -eq "$expected" ]
}
says() { grep -Fq "$1" "$LAB/check.txt"; }
contents() { (cd "$DATA" && find etc deploy -type f -exec cksum {} + | sort); }

mkdir "$LAB/tmp"
export TMPDIR=$LAB/tmp # where nobody else leaves anything
lab_network
lab_server
sed 's/LOADER/grub/' "$HERE/e2e/test-system.yaml" >"$DATA/etc/boot/.test-system.yaml"
mv "$DATA/etc/boot/.test-system.yaml" "$DATA/etc/boot/test-system.yaml"
contents >"$LAB/before"
cp -r "$DATA/etc" "$LAB/broken" # before anything is broken
check "the running server's configuration is valid" checked 0 --data "$DATA"
check "it says so" says 'configuration is valid'

cd "$LAB/broken" || exit 1
sed -i 's/^range = .*/range = 10.99.0.1-10.99.0.9/' io.slipway.dhcp.subnet-lan.cfg
printf 'allow = nobody\n' >>io.slipway.dhcp.allow.cfg
printf 'workers = 99\nwokers = 2\n' >>io.slipway.dhcp.server.cfg
sed -i 's/^doors = .*/doors = dhcp:67, tftp:many/' io.slipway.sockets.cfg
printf 'profiles:\n  one: { imagge: x:y }\n' >boot/one.yaml
cd /
check "a broken one is not" checked 1 --etc "$LAB/broken"
for problem in 'range = ' 'allow = ' 'workers = 99' 'unknown key wokers' 'tftp:many' "boot/one.yaml:2:10: unknown key 'imagge'"; do
  check "it names $problem" says "$problem"
done
check "a folder that is not there is wrong usage" checked 2 --etc "$LAB/nosuch"
contents >"$LAB/after"
check "the running server's files are as before" cmp "$LAB/before" "$LAB/after"
check "the running server has logged nothing of it" sh -c "! grep -E 'ERROR|WARN' '$LAB/server.log'"
check "the running server is alive" kill -0 "$SERVER"
check "nothing is left behind" sh -c "! ls '$TMPDIR' | grep slipway-check"
checks_end
