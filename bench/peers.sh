# shellcheck shell=bash
# The servers that Slipway is measured against, and perfdhcp, from Debian's packages. They are unpacked below target/
# and never installed: an installed DHCP server starts by itself, on the host's network. Sourced by `./slipway bench`.

PEER_PACKAGES="kea-dhcp4-server kea-admin isc-dhcp-server dnsmasq-base"

peers() { # FOLDER: has usr/sbin/{kea-dhcp4,dhcpd,dnsmasq,perfdhcp} and the libraries that they need afterwards
  local folder=$1
  [ ! -e "$folder/complete" ] || return 0
  command -v apt-get >/dev/null || fail "bench unpacks Debian packages; without apt-get, put these programs into $folder/usr/sbin and make $folder/complete: kea-dhcp4 dhcpd dnsmasq perfdhcp"
  say "fetching the servers to compare with: $PEER_PACKAGES (unpacked in $folder, not installed)"
  # shellcheck disable=SC2086 # a list of names
  "$HERE/e2e/unpack.sh" "$folder" $PEER_PACKAGES || fail "the servers to compare with are not there"
  touch "$folder/complete"
}

peers_use() { # FOLDER: their programs are found first
  export PATH=$1/usr/sbin:$1/usr/bin:$PATH:/usr/sbin
  export LD_LIBRARY_PATH=$1/usr/lib/x86_64-linux-gnu:$1/usr/lib/aarch64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}
