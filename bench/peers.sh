# shellcheck shell=bash
# The servers that Slipway is measured against, and perfdhcp and wrk, from Debian's packages. They are unpacked below
# target/ and never installed: an installed server starts by itself, on the host's network. Sourced by `./slipway bench`.

PEER_PACKAGES="kea-dhcp4-server kea-admin isc-dhcp-server dnsmasq-base atftpd nginx-light wrk"
PEER_PACKAGES_BESIDE="tftpd-hpa" # conflicts with atftpd

peers() { # FOLDER: has their programs in usr/sbin and usr/bin, and the libraries that they need, afterwards
  local folder=$1
  command -v apt-get >/dev/null || fail "bench unpacks Debian packages, and this system has no apt-get"
  say "the servers to compare with: $PEER_PACKAGES $PEER_PACKAGES_BESIDE (unpacked in $folder, not installed)"
  # shellcheck disable=SC2086 # lists of names
  "$HERE/e2e/unpack.sh" "$folder" $PEER_PACKAGES && "$HERE/e2e/unpack.sh" "$folder" $PEER_PACKAGES_BESIDE \
    || fail "the servers to compare with are not there"
}

peers_use() { # FOLDER: their programs are found first
  export PATH=$1/usr/sbin:$1/usr/bin:$PATH:/usr/sbin
  export LD_LIBRARY_PATH=$1/usr/lib/x86_64-linux-gnu:$1/usr/lib/aarch64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
}
