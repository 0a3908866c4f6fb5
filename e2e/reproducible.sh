#!/usr/bin/env bash
# The same sources give the same bytes: built twice, in two folders, under another umask, time zone and language. Every
# jar, the features and the distribution are compared; what differs is named, and what differs inside it.
# Run it with: e2e/run.sh reproducible
set -euo pipefail
HERE=$(cd "$(dirname "$0")/.." && pwd)
. "$HERE/e2e/checks.sh"
LAB=$(mktemp -d "${TMPDIR:-/tmp}/slipway-reproducible.XXXXXX")
trap 'rm -rf "$LAB"' EXIT
lab_fail() { echo "slipway: $1" >&2; exit 1; }

copy() { # FOLDER: the sources as they are, committed or not, without what was built
  mkdir -p "$1"
  (cd "$HERE" && git ls-files -z --cached --others --exclude-standard \
    | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done \
    | tar --create --null --files-from=- --file=-) | tar --extract --directory="$1" --file=-
}

built() { # FOLDER: what is compared, by name
  (cd "$1" && find bundles/*/target features/target karaf-assembly/target -maxdepth 2 -type f \
    \( -name '*.jar' -o -name '*.tar.gz' -o -path '*/feature/feature.xml' \) | sort)
}

inside() { # FILE: its entries with what is in them, to be compared
  case $1 in
    *.jar)
      command -v zipinfo >/dev/null && zipinfo "$1" # with the modes
      jar --list --verbose --file="$1"
      mkdir "$1.unpacked"
      (cd "$1.unpacked" && jar --extract --file="$1" && find . -type f -exec cksum {} + | sort -k 3) ;;
    *.tar.gz)
      tar --list --verbose --full-time --gzip --file="$1"
      mkdir "$1.unpacked"
      tar --extract --gzip --file="$1" --directory="$1.unpacked"
      (cd "$1.unpacked" && find . -type f -exec cksum {} + | sort -k 3) ;;
    *) cat "$1" ;;
  esac
}

same() { # FILE: in both folders
  cmp -s "$LAB/one/$1" "$LAB/another folder/$1" && return
  diff <(inside "$LAB/one/$1") <(inside "$LAB/another folder/$1") || true
  return 1
}

copy "$LAB/one"
copy "$LAB/another folder"
check "it builds" "$LAB/one/slipway" build
(
  umask 027
  export TZ=Pacific/Auckland JAVA_TOOL_OPTIONS="-Duser.language=de -Duser.country=DE"
  check "it builds elsewhere" "$LAB/another folder/slipway" build
  exit "$FAILED"
) || FAILED=1
[ "$FAILED" -eq 0 ] || checks_end
built "$LAB/one" >"$LAB/names"
check "both built the same files" diff "$LAB/names" <(built "$LAB/another folder")
check "there are many, and the archive" grep -q '\.tar\.gz$' "$LAB/names"
while IFS= read -r file; do check "$file is the same" same "$file"; done <"$LAB/names"
checks_end
