#!/usr/bin/env bash
# Makes the discs of ../resources/discs, the same ones each time, but for what genisoimage makes up: times of change in
# Rock Ridge, and the volume set identifier in UDF. Usage: bash make.sh [NAME...]
# Debian packages: xorriso genisoimage udftools perl faketime. `large` and `large-udf` need 10 GB of disk for a minute.
set -euo pipefail
export LC_ALL=C.UTF-8 TZ=UTC SOURCE_DATE_EPOCH=1614834367 # 2021-03-04 05:06:07

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
DISCS=$HERE/../resources/discs
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
mkdir -p "$DISCS"

LONG=$(printf 'long-%0245d.txt' 7) # 254 bytes

settle() { # FOLDER: no file is newer than this script says
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

plain_tree() { # FOLDER: what every format can hold
  mkdir -p "$1/boot/grub" "$1/many"
  printf 'this is the kernel\n' >"$1/boot/vmlinuz"
  perl -e 'print chr($_ % 251) for 0 .. 4999' >"$1/boot/initrd.img"
  printf 'set timeout=5\n' >"$1/boot/grub/grub.cfg"
  : >"$1/empty"
  local number
  for number in $(seq 100 149); do printf '%s\n' "$number" >"$1/many/f$number.txt"; done
}

posix_tree() { # FOLDER: with names and links that only Rock Ridge and UDF have
  plain_tree "$1"
  mkdir -p "$1/case" "$1/links" "$1/d1/d2/d3/d4/d5/d6/d7/d8/d9/d10"
  printf 'deep\n' >"$1/d1/d2/d3/d4/d5/d6/d7/d8/d9/d10/file"
  printf 'upper\n' >"$1/case/Kernel"
  printf 'lower\n' >"$1/case/kernel"
  printf 'mixed\n' >"$1/case/Initrd"
  printf 'long\n' >"$1/$LONG"
  printf 'unicode\n' >"$1/Ünïcode-日本.txt"
  mkfifo "$1/pipe"
  ln -s ../boot/vmlinuz "$1/links/relative"
  ln -s relative "$1/links/chain"
  ln -s ../boot "$1/links/folder"
  ln -s folder/initrd.img "$1/links/through-folder"
  ln -s /boot/vmlinuz "$1/links/absolute"
  ln -s ../../boot/vmlinuz "$1/links/out"
  ln -s nothing "$1/links/dangling"
  ln -s loop-b "$1/links/loop-a"
  ln -s loop-a "$1/links/loop-b"
  ln -s "$(printf './%.0s' $(seq 200))../boot/vmlinuz" "$1/links/many-parts"
  ln -s "../$LONG" "$1/links/long"
  ln -s . "$1/debian"
}

pack() { # NAME
  perl "$HERE/pack.pl" "$WORK/$1.iso" | gzip -9n >"$DISCS/$1.gz"
  echo "$1: $(stat -c %s "$WORK/$1.iso") bytes, packed $(stat -c %s "$DISCS/$1.gz")"
  if [ -n "${KEEP:-}" ]; then cp --sparse=always "$WORK/$1.iso" "$KEEP/$1.iso"; fi # for a look with other readers
  rm -f "$WORK/$1.iso"
}

at_that_time() { # what does not heed SOURCE_DATE_EPOCH
  faketime -f "@$(date -d "@$SOURCE_DATE_EPOCH" '+%Y-%m-%d %H:%M:%S') x0" "$@"
}

with_genisoimage() { # NAME FOLDER ARGS...
  local name=$1 folder=$2
  shift 2
  settle "$folder"
  at_that_time genisoimage -quiet -V "${name^^}" -o "$WORK/$name.iso" "$@" "$folder" 2>"$WORK/log" || { cat "$WORK/log" >&2; exit 1; }
}

with_xorriso() { # NAME FOLDER ARGS...
  local name=$1 folder=$2
  shift 2
  settle "$folder"
  xorriso -no_rc -report_about WARNING -as mkisofs -V "${name^^}" -o "$WORK/$name.iso" "$@" "$folder"
}

make() { # NAME
  local tree=$WORK/tree-$1
  mkdir "$tree"
  case $1 in
    plain) plain_tree "$tree"; with_genisoimage "$1" "$tree" -iso-level 1 ;;
    joliet) posix_tree "$tree"; rm -r "$tree/$LONG" "$tree/pipe" "$tree/links" "$tree/d1" "$tree/debian" "$tree/case"
      with_genisoimage "$1" "$tree" -J -input-charset utf-8 ;;
    rock-ridge) posix_tree "$tree"; with_xorriso "$1" "$tree" -J -joliet-long -iso-level 3 ;;
    # genisoimage waits for somebody to write to a pipe, and never ends with a link of many parts.
    relocated) posix_tree "$tree"; rm "$tree/pipe" "$tree/links/many-parts"
      with_genisoimage "$1" "$tree" -R -input-charset utf-8 ;;
    relocated-xorriso) posix_tree "$tree"; with_xorriso "$1" "$tree" -R -rr_reloc_dir moved ;;
    zisofs) plain_tree "$tree"; perl -e 'print "zeros " x 20000' >"$tree/big"; settle "$tree"
      xorriso -no_rc -report_about WARNING -outdev "stdio:$WORK/$1.iso" -volid ZISOFS -map "$tree" / \
        -set_filter_r --zisofs /big -- ;;
    # genisoimage cuts UDF's names to the length of Joliet's.
    udf-bridge) posix_tree "$tree"; rm -r "$tree/links" "$tree/debian" "$tree/pipe" "$tree/$LONG"
      with_genisoimage "$1" "$tree" -D -udf -J -joliet-long -input-charset utf-8 ;;
    windows) plain_tree "$tree"; printf 'This disc contains a "UDF" file system.\n' >"$tree/readme.txt"
      with_genisoimage "$1" "$tree" -udf -hide "$tree/boot" -hide "$tree/many" -hide "$tree/empty" ;;
    udf-1.02) empty_udf "$1" --media-type=dvd -r 1.02 ;;
    udf-2.01) empty_udf "$1" --media-type=hd -r 2.01 ;;
    udf-virtual) empty_udf "$1" --media-type=cdr -r 1.50 ;;
    udf-sparable) empty_udf "$1" --media-type=cdrw -r 1.50 ;;
    udf-listed) empty_udf "$1" --media-type=worm -r 2.01 --strategy=4096 ;;
    large) large "$tree/large.img"; with_xorriso "$1" "$tree" -iso-level 3 ;;
    large-udf) large "$tree/large.img"; with_genisoimage "$1" "$tree" -udf -allow-limited-size ;;
    *) echo "there is no disc $1" >&2; exit 2 ;;
  esac
  pack "$1"
  rm -rf "$tree"
}

large() { # FILE: four gigabytes and a little more, with something to find at its ends and at the border
  truncate -s $((4 * 1024 * 1024 * 1024 + 12345)) "$1"
  printf 'begin' | dd of="$1" conv=notrunc status=none
  printf 'border' | dd of="$1" conv=notrunc status=none bs=1 seek=$((4 * 1024 * 1024 * 1024 - 3))
  printf 'end' | dd of="$1" conv=notrunc status=none bs=1 seek=$((4 * 1024 * 1024 * 1024 + 12342))
}

empty_udf() { # NAME ARGS...
  local name=$1
  shift
  at_that_time mkudffs --utf8 --label="Empty $name" --uuid=0123456789abcdef --blocksize=2048 --new-file "$@" \
    "$WORK/$name.iso" "${BLOCKS:-1500}" >/dev/null
}

ALL=(plain joliet rock-ridge relocated relocated-xorriso zisofs udf-bridge windows udf-1.02 udf-2.01 udf-virtual
  udf-sparable udf-listed large large-udf)
[ $# -gt 0 ] || set -- "${ALL[@]}"
for name in "$@"; do make "$name"; done
