#!/usr/bin/env bash
# e2e/unpack.sh FOLDER PACKAGE...: the programs of Debian packages that are not to be installed, since they would start
# a service on the host's network. Outside of a lab, which has no network to fetch them by.
set -euo pipefail
folder=$1
shift
for package in "$@"; do
  [ ! -e "$folder/$package.complete" ] || continue
  mkdir -p "$folder/debs"
  fetch() { (cd "$folder/debs" && apt-get download -q -o APT::Sandbox::User=root "$package") >"$folder/apt.log" 2>&1; }
  fetch || { apt-get update -q >>"$folder/apt.log" 2>&1 && fetch; } || {
    tail -n 5 "$folder/apt.log" >&2
    echo "package $package could not be fetched; as root, run: apt-get update" >&2
    exit 1
  }
  dpkg-deb --extract "$folder/debs/${package}"_*.deb "$folder"
  touch "$folder/$package.complete"
done
