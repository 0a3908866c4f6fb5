#!/usr/bin/env bash
# e2e/unpack.sh FOLDER PACKAGE...: the programs of Debian packages that are not to be installed, since they would start
# a service on the host's network, and what these need and the host lacks. Of packages that are installed, the host's
# programs serve. Outside of a lab, which has no network to fetch them by.
set -euo pipefail
folder=$(realpath -m "$1")
shift
missing=()
for package in "$@"; do
  [ -e "$folder/$package.complete" ] || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0
mkdir -p "$folder/debs/partial"
fetch() {
  apt-get install -q --yes --no-install-recommends --download-only -o Debug::NoLocking=true -o APT::Sandbox::User=root \
    -o Dir::Cache::archives="$folder/debs" "${missing[@]}" >>"$folder/apt.log" 2>&1 </dev/null
}
fetch || { apt-get update -q >>"$folder/apt.log" 2>&1 && fetch; } || {
  tail -n 5 "$folder/apt.log" >&2
  echo "packages could not be fetched (${missing[*]}); as root, run: apt-get update" >&2
  exit 1
}
for archive in "$folder"/debs/*.deb; do
  [ ! -e "$archive" ] || dpkg-deb --extract "$archive" "$folder"
done
rm -rf "$folder/debs"
for package in "${missing[@]}"; do touch "$folder/$package.complete"; done
