# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Real HTTP clients, and bad HTTP, against one server.
. "$HERE/e2e/checks.sh"

mkdir -p "$LAB/tftp/sub" "$DATA/etc"
head -c 40000000 /dev/urandom >"$LAB/tftp/big.bin"
head -c 1024 /dev/urandom >"$LAB/tftp/small.bin"
: >"$LAB/tftp/empty.bin"
for name in boot.efi disk.iso disk.img 'a b%.bin'; do cp "$LAB/tftp/small.bin" "$LAB/tftp/$name"; done
echo secret >"$LAB/outside.txt"
ln -s ../outside.txt "$LAB/tftp/leak.txt"
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
printf 'headerTimeout = 2000\nidleTimeout = 4000\n' >"$DATA/etc/io.slipway.http.server.cfg"
touch -d '1 hour ago' "$LAB"/tftp/*.* # a file that has just changed has no sure date yet
lab_network
lab_client
lab_server
export LAB
check "the client gets an address" on_client timeout 30 udhcpc -i client0 -n -q -f -s "$HERE/e2e/dhcp-script.sh"
url=http://$LAB_ADDRESS

get() { on_client timeout 120 curl -sS --path-as-is --max-time 100 "$@"; }
same() { cmp "$LAB/tftp/$1" "$LAB/got"; }
whole() { # FILE: byte for byte
  rm -f "$LAB/got"
  get -f -o "$LAB/got" "$url/$1" && same "$1"
}
status_is() { # STATUS CURL-ARGS...: headers into $LAB/headers, body into $LAB/got
  local expected=$1 status
  shift
  rm -f "$LAB/got" "$LAB/headers"
  status=$(get -o "$LAB/got" -D "$LAB/headers" -w '%{http_code}' "$@") || true
  echo "status $status"
  [ "$status" = "$expected" ]
}
header_is() { tr -d '\r' <"$LAB/headers" | grep -iE "^$1: $2\$"; }
header() { [ ! -e "$LAB/headers" ] || tr -d '\r' <"$LAB/headers" | sed -n "s/^$1: //Ip"; }
part() { # FIRST COUNT: what was fetched is that part of big.bin
  [ "$(wc -c <"$LAB/got")" -eq "$2" ] && cmp --ignore-initial="$1:0" --bytes="$2" "$LAB/tftp/big.bin" "$LAB/got"
}

# ---- whole files --------------------------------------------------------------------------------------------------
check "GET of 40 MB" whole big.bin
check "GET of an empty file" status_is 200 "$url/empty.bin"
check "it says its length" header_is content-length 0
check "HEAD of 40 MB" status_is 200 -I "$url/big.bin"
check "HEAD has the length" header_is content-length 40000000
check "HEAD says that ranges work" header_is accept-ranges bytes
check "HEAD has an ETag" header_is etag '(W/)?"[^"]+"'
described() { grep -iv '^date' "$LAB/headers" || true; }
described >"$LAB/head"
check "GET of 40 MB again" status_is 200 "$url/big.bin"
same_headers() { described | diff - "$LAB/head"; }
check "HEAD and GET say the same" same_headers
type_of() { status_is 200 "$url/$1" && header_is content-type "$2"; }
check ".efi is application/efi" type_of boot.efi 'application/efi'
check ".iso has UEFI's type" type_of disk.iso 'application/(vnd\.efi-iso|vnd\.efi\.iso|x-iso9660-image|octet-stream)'
check ".img has UEFI's type" type_of disk.img 'application/(vnd\.efi-img|vnd\.efi\.img|octet-stream)'
check "a name with blanks and signs" status_is 200 "$url/a%20b%25.bin"
check "its bytes" same small.bin
check "// is served, not redirected" status_is 200 "$url//small.bin"
check "its bytes" same small.bin
check "an unknown file is 404" status_is 404 "$url/nosuchfile"
check "a folder is 404" status_is 404 "$url/sub/"
check "POST is 405" status_is 405 -d x=y "$url/small.bin"

# ---- ranges -------------------------------------------------------------------------------------------------------
range() { # RANGE FIRST COUNT
  status_is 206 -H "Range: bytes=$1" "$url/big.bin" \
    && header_is content-range "bytes $2-$(($2 + $3 - 1))/40000000" && header_is content-length "$3" && part "$2" "$3"
}
check "range: the first byte" range 0-0 0 1
check "range: the first megabyte" range 0-999999 0 1000000
check "range: the middle" range 12345678-23456789 12345678 11111112
check "range: from the middle on" range 39000000- 39000000 1000000
check "range: a suffix" range -500 39999500 500
check "range: the last byte" range 39999999-39999999 39999999 1
check "range: past the end is cut" range 39999990-99999999 39999990 10
check "range: a suffix longer than the file is all of it" range -99999999 0 40000000
outside() { status_is 416 -H "Range: bytes=$1" "$url/big.bin" && header_is content-range 'bytes \*/40000000'; }
check "range: outside is 416" outside 40000000-
check "range: empty suffix is 416" outside -0
all_or() { # RANGE: not a single valid range, so the whole file or a refusal
  status_is 416 -H "Range: $1" "$url/big.bin" || { status_is 200 -H "Range: $1" "$url/big.bin" && same big.bin; }
}
for odd in bytes=5-1 bytes=x-y bytes=0-9,5-14 lines=1-2 bytes=18446744073709551616-18446744073709551617; do
  check "range: $odd is all, or refused" all_or "$odd"
done
several_ranges() { # two bytes each, between heads that name them
  status_is 206 -H "Range: bytes=0-1,3-4" "$url/big.bin" && header_is content-type 'multipart/byteranges; boundary=.*' \
    && header_is content-length "$(wc -c <"$LAB/got")" \
    && [ "$(grep -ac '^Content-Range: bytes [03]-[14]/40000000' "$LAB/got")" -eq 2 ]
}
check "several ranges at once" several_ranges

# ---- conditions ---------------------------------------------------------------------------------------------------
check "a file's ETag" status_is 200 "$url/big.bin"
etag=$(header etag) modified=$(header last-modified)
check "If-None-Match of it is 304" status_is 304 -H "If-None-Match: $etag" "$url/big.bin"
check "304 has no body" sh -c "[ ! -s '$LAB/got' ]"
check "If-None-Match of another is 200" status_is 200 -H 'If-None-Match: "other"' "$url/big.bin"
check "If-Match of another is 412" status_is 412 -H 'If-Match: "other"' "$url/big.bin"
check "If-Range of another is the whole file" status_is 200 -H 'If-Range: "other"' -H 'Range: bytes=5-9' "$url/big.bin"
check "If-Modified-Since is 304" status_is 304 -H "If-Modified-Since: $modified" "$url/big.bin"
resumed() { # as UEFI's HTTP Boot does
  status_is 206 -H "If-Match: $etag" -H 'Range: bytes=30000000-' "$url/big.bin" && part 30000000 10000000
}
case $etag in
  W/*) ;; # weak: made of size and time, no ground to resume on
  *) check "If-Match with a range resumes" resumed ;;
esac

# ---- clients ------------------------------------------------------------------------------------------------------
reused() {
  get -v -o /dev/null "$url/small.bin" -o /dev/null "$url/big.bin" -o /dev/null "$url/empty.bin" 2>"$LAB/verbose"
  [ "$(grep -c 'Re-using existing connection' "$LAB/verbose")" = 2 ]
}
check "keep-alive: three files on one connection" reused
wget_resumes() {
  head -c 15000000 "$LAB/tftp/big.bin" >"$LAB/got"
  on_client timeout 60 wget -nv -S -c -O "$LAB/got" "$url/big.bin" 2>"$LAB/verbose" || { cat "$LAB/verbose"; return 1; }
  grep '206 Partial Content' "$LAB/verbose" && same big.bin
}
check "wget -c resumes a file that was cut" wget_resumes
busybox_fetches() { rm -f "$LAB/got"; on_client timeout 60 busybox wget -q -O "$LAB/got" "$url/big.bin" && same big.bin; }
check "busybox wget fetches 40 MB" busybox_fetches
parallel_fetches() { # COUNT CURL-ARGS...
  local i count=$1 fetches=() bad=0
  shift
  for i in $(seq "$count"); do
    get "$@" -f "$url/big.bin" | cmp - "$LAB/tftp/big.bin" &
    fetches+=($!)
  done
  for i in "${fetches[@]}"; do wait "$i" || bad=1; done
  return "$bad"
}
check "64 clients at once, 40 MB each" parallel_fetches 64

# ---- bad HTTP -----------------------------------------------------------------------------------------------------
# raw STATUS TEXT [SECONDS]: sends TEXT (printf's escapes) and awaits that the server closes. STATUS is an expression
# for the status of the answer; one that ends in | allows a close without one.
raw() {
  local expected=$1 text=$2 limit=${3:-10} first
  # shellcheck disable=SC2016 # for the other shell
  on_client timeout "$limit" bash -c 'exec 3<>"/dev/tcp/$0/80"; printf "$1" >&3; head -c 8192 <&3' "$LAB_ADDRESS" "$text" \
    >"$LAB/answer" 2>"$LAB/answer.err"
  [ "$?" -ne 124 ] || { echo "still open after $limit s"; return 1; }
  first=$(head -n 1 "$LAB/answer" | tr -d '\000\r')
  echo "answer: $first"
  if grep -aq secret "$LAB/answer"; then return 1; fi
  [[ $first =~ ^(HTTP/1\.1\ ($expected))?(\ .*)?$ ]] && { [ -n "$first" ] || [[ $expected == *'|' ]]; }
}
line='GET /small.bin HTTP/1.1\r\n' host='Host: lab\r\n' last='Connection: close\r\n\r\n'
check "a good request, by hand" raw 200 "$line$host$last"
check "two Content-Lengths are 400" raw '400|413' "$line${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"
check "the same Content-Length twice is 400" raw '400|413' "$line${host}Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"
check "Content-Length: 5, 6 is 400" raw '400|413' "$line${host}Content-Length: 5, 6\r\n\r\nhello"
check "Content-Length: +5 is 400" raw '400|413' "$line${host}Content-Length: +5\r\n\r\nhello"
check "an overflowing Content-Length is 400" raw '400|413' "$line${host}Content-Length: 99999999999999999999\r\n\r\nhello"
smuggled() { # nothing that follows is taken for a request
  raw 400 "POST /small.bin HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$line$host\r\n" \
    || raw 405 "POST /small.bin HTTP/1.1\r\n${host}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$line$host\r\n" || return 1
  [ "$(grep -ac '^HTTP/1' "$LAB/answer")" = 1 ]
}
check "Content-Length with Transfer-Encoding smuggles nothing" smuggled
check "Transfer-Encoding on GET is refused" raw '400|501' "$line${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
check "Transfer-Encoding: xchunked is refused" raw '400|501' "$line${host}Transfer-Encoding: xchunked\r\n\r\n"
check "a blank before the colon is 400" raw 400 "$line${host}Range : bytes=0-1\r\n$last"
check "a line that is folded is 400" raw '400|200' "$line${host}X-A: b\r\n c\r\n$last"
check "no Host is 400" raw 400 "$line$last"
check "two Hosts are 400" raw 400 "$line${host}Host: other\r\n$last"
check "HTTP/0.9 is refused" raw '400|505|' 'GET /small.bin\r\n'
check "HTTP/1.0 is answered and closed" raw 200 'GET /small.bin HTTP/1.0\r\n\r\n'
check "HTTP/2.0 is refused" raw '400|505' 'GET /small.bin HTTP/2.0\r\nHost: lab\r\n\r\n'
check "TLS is closed" raw '400|' '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03abcdefgh\r\n\r\n'
check "random bytes are closed" raw '400|' '\x00\xff\xfe\x80\r\n\x01\x02\r\n\r\n'
check "a giant path is refused" raw '414|431|400|' "GET /$(head -c 70000 /dev/zero | tr '\0' a) HTTP/1.1\r\n$host$last"
check "a giant header is refused" raw '431|400|' "${line}X-A: $(head -c 100000 /dev/zero | tr '\0' a)\r\n$host$last"
check "very many headers are refused" raw '431|400|' "$line$(for i in $(seq 6000); do printf 'X-%d: y\\r\\n' "$i"; done)$host$last"
check "two requests at once get two answers" raw 200 "$line$host\r\n$line$host$last"
check "a request that is never finished is closed" raw '408|400|' "${line}Host: l" 20
check "a connection without a request is closed" raw '408|' '' 20
check "a good request after all of them" whole big.bin
stalled() { # clients that say half a request, and one that reads nothing, do not hold up the others
  local i stalls=()
  for i in $(seq 100); do
    # shellcheck disable=SC2016 # for the other shell
    on_client timeout 30 bash -c 'exec 3<>"/dev/tcp/$0/80"; printf "GET /small.bin HTT" >&3; read -r -t 20 <&3' "$LAB_ADDRESS" &
    stalls+=($!)
  done
  get --limit-rate 1k -o /dev/null "$url/big.bin" &
  stalls+=($!)
  sleep 0.5
  local begin=$SECONDS status=0
  whole big.bin && [ $((SECONDS - begin)) -le 5 ] || status=1
  kill "${stalls[@]}" 2>/dev/null
  wait "${stalls[@]}" 2>/dev/null
  return "$status"
}
check "100 slow clients do not hold up others" stalled

# ---- the tree's edge ----------------------------------------------------------------------------------------------
refused() { # PATH: 400 or 404, and nothing of outside.txt
  status_is 404 "$url$1" || status_is 400 "$url$1" || return 1
  ! grep -q secret "$LAB/got"
}
for path in /../outside.txt /%2e%2e/outside.txt /%2e%2e%2foutside.txt /..%2foutside.txt /..%5coutside.txt \
  /%252e%252e/outside.txt /%252e%252e%252foutside.txt /sub/../../outside.txt /sub/%2e%2e/%2e%2e/outside.txt \
  /leak.txt /%c0%ae%c0%ae/outside.txt /small.bin%00.txt /%zz /.%2e/.%2e/outside.txt; do
  check "$path reaches nothing" refused "$path"
done
check "a good request after all of them" whole small.bin

# ---- without a copy -----------------------------------------------------------------------------------------------
traced() {
  strace -f -q -o "$LAB/strace.txt" -e trace=sendfile,splice,read,pread64,readv,write,writev,send,sendto,sendmsg -p "$SERVER" &
  local tracer=$! status=0
  await 20 "strace on the server" sh -c "grep -q 'TracerPid:[^0-9]*[1-9]' /proc/$SERVER/status"
  whole big.bin || status=1
  kill -INT "$tracer"
  wait "$tracer" || true
  return "$status"
}
bytes_of() { # CALLS: the sum of what these calls returned
  sed -nE "s/^[0-9]+ +(<\.\.\. )?($1)[( ].* = ([0-9]+)\$/\3/p" "$LAB/strace.txt" | awk '{ n += $1 } END { printf "%d", n }'
}
if ! timeout 20 strace -q -e trace=none true 2>"$LAB/check.out"; then
  echo "slipway: strace cannot trace here: $(tail -n 1 "$LAB/check.out")" >&2
  checks_end
  exit 77
fi
check "GET of 40 MB under strace" traced
sent=$(bytes_of sendfile) copied=$(bytes_of 'splice|read|pread64|readv|write|writev|send|sendto|sendmsg')
echo "strace of one GET of 40000000 bytes: sendfile $sent bytes, every read and write together $copied bytes"
check "the file left through sendfile" [ "$sent" -ge 40000000 ]
check "it did not pass through the heap" [ "$copied" -lt 1000000 ]
check "no error was logged" sh -c "! grep -E ' ERROR | WARN ' '$LAB/server.log'"
checks_end
