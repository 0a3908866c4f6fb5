# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Limits of bandwidth and of transfers: what is shown of them, and that TFTP and HTTP share them.
. "$HERE/e2e/checks.sh"

mkdir -p "$LAB/tftp" "$DATA/etc"
head -c 40000000 /dev/urandom >"$LAB/tftp/big.bin"
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
printf 'maximumTransfers = 1\n' >"$DATA/etc/io.slipway.tftp.server.cfg"
sed 's/^bandwidth = .*/bandwidth = 4M/' "$HERE/features/src/main/cfg/io.slipway.sockets.cfg" >"$DATA/etc/io.slipway.sockets.cfg"
lab_network
lab_client
for host in 201 202 203; do on_client ip address add "10.77.0.$host/24" dev client0; done
lab_server

fetch() { # HOST SCHEME: a machine fetches the file
  on_client timeout 120 curl -sS --interface "10.77.0.$1" --tftp-blksize 1428 -o "$LAB/got.$1" "$2://$LAB_ADDRESS/big.bin"
}
shown() { lab_shell "tftp:transfers; http:transfers" </dev/null >"$LAB/shown"; }
done_by() { sed -nE "s/^10\.77\.0\.$1[^0-9].*big\.bin[^0-9]+([0-9]+).*/\1/p" "$LAB/shown"; }
both_run() {
  shown
  [[ $(done_by 201) -gt 2000000 && $(done_by 202) -gt 2000000 ]]
}
fetch 201 tftp &
tftp=$!
fetch 202 http &
http=$!
fetch_both() { await 60 "two transfers under way" both_run; }
check "a machine fetches by TFTP, another by HTTP" fetch_both
check "the TFTP transfer is held back by the bandwidth" grep -E '10\.77\.0\.201 .*bandwidth, [0-9]+ % of the time' "$LAB/shown"
check "so is the HTTP transfer" grep -E '10\.77\.0\.202 .*bandwidth, [0-9]+ % of the time' "$LAB/shown"
shares() { # turn for turn, lock-step had a fortieth; it needs a round trip a turn
  echo "$(done_by 201) and $(done_by 202) bytes"
  [ "$(done_by 201)" -lt $((8 * $(done_by 202))) ] && [ "$(done_by 202)" -lt $((8 * $(done_by 201))) ]
}
check "both have their share of it" shares
rate() { # what is limited is used, and not exceeded
  awk '/^bandwidth: / { print; seen = 1; if ($2 < 1 || $2 > 4.4 || $4 != "4.00") bad = 1 } END { exit !seen || bad }' "$LAB/shown"
}
check "the limit stands beside its use" rate
fetch 203 tftp &
waiting=$!
is_waiting() { shown && grep -E '^Waiting: 1 of 10,000 \(maximumWaiting\): 1 for maximumTransfers$' "$LAB/shown"; }
check "a further client waits, and it is shown for what" await 30 "the client that waits" is_waiting
check "the log names the key" grep -E 'TFTP clients have to wait: maximumTransfers is reached' "$LAB/server.log"
check "and the bandwidth" grep -E 'bandwidth is used up' "$LAB/server.log"
check "the transfer by TFTP is whole" sh -c "while kill -0 $tftp 2>/dev/null; do sleep 0.1; done; cmp '$LAB/tftp/big.bin' '$LAB/got.201'"
check "the transfer by HTTP is whole" sh -c "while kill -0 $http 2>/dev/null; do sleep 0.1; done; cmp '$LAB/tftp/big.bin' '$LAB/got.202'"
check "who waited was served" sh -c "while kill -0 $waiting 2>/dev/null; do sleep 0.1; done; cmp '$LAB/tftp/big.bin' '$LAB/got.203'"
timeline() { lab_shell "boot:timeline 10.77.0.$1" </dev/null | grep -E "$2"; }
check "the journal has once that it was held back" sh -c "[ \$('$HERE/slipway' shell --data '$DATA' 'boot:timeline 10.77.0.201' </dev/null | grep -c FILE_WAITS) = 1 ]"
check "and at the end for how long" timeline 201 'FILE_SENT .*/big\.bin: bandwidth held it back for [0-9.]+ s'
check "by HTTP as well" timeline 202 'FILE_SENT .*/big\.bin: bandwidth held it back for [0-9.]+ s'
check "and how long who waited has waited" timeline 203 'FILE_SENT .*/big\.bin: waited [0-9.]+ s before it began'
checks_end
