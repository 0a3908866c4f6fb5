# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Real TLS clients against one server, whose certificates change while it serves.
. "$HERE/e2e/checks.sh"

mkdir -p "$LAB/tftp" "$DATA/etc/tls"
head -c 40000000 /dev/urandom >"$LAB/tftp/big.bin"
head -c 1024 /dev/urandom >"$LAB/tftp/small.bin"
touch -d '1 hour ago' "$LAB"/tftp/*.*
printf 'folder = %s\n' "$LAB/tftp" >"$DATA/etc/io.slipway.boot.folder.cfg"
printf 'headerTimeout = 2000\nidleTimeout = 4000\n' >"$DATA/etc/io.slipway.http.server.cfg"
printf 'doors = dhcp:67, pxe:4011, tftp:69, http:80/tcp, https:443/tcp\n' >"$DATA/etc/io.slipway.sockets.cfg"

certificate() { # NAME ALGORITHM OPTION SERIAL [DAYS]: NAME.pem and NAME.key in $LAB, vouched for by $LAB/ca.pem
  openssl req -newkey "$2" -pkeyopt "$3" -nodes -subj "/CN=lab" -keyout "$LAB/$1.key" \
    -out "$LAB/$1.csr" 2>/dev/null
  printf 'subjectAltName = IP:%s\n' "$LAB_ADDRESS" \
    | openssl x509 -req -in "$LAB/$1.csr" -CA "$LAB/ca.pem" -CAkey "$LAB/ca.key" -set_serial "$4" -days "${5:-90}" \
      -extfile /dev/stdin -out "$LAB/$1.pem" 2>/dev/null
}
install_certificate() { # NAME AS: as a careful administrator does, and the key first
  cp "$LAB/$1.key" "$DATA/etc/tls/.new.key" && mv "$DATA/etc/tls/.new.key" "$DATA/etc/tls/$2.key"
  cp "$LAB/$1.pem" "$DATA/etc/tls/.new.pem" && mv "$DATA/etc/tls/.new.pem" "$DATA/etc/tls/$2.pem"
}
configure() { # LINE...: of etc/io.slipway.http.tls.cfg
  printf '%s\n' "$@" >"$DATA/etc/.tls.cfg" && mv "$DATA/etc/.tls.cfg" "$DATA/etc/io.slipway.http.tls.cfg"
}
openssl req -x509 -newkey rsa:2048 -nodes -subj '/CN=lab root' -days 90 -keyout "$LAB/ca.key" -out "$LAB/ca.pem" 2>/dev/null
certificate rsa rsa rsa_keygen_bits:2048 0x11
certificate ec ec ec_paramgen_curve:P-256 0x22
certificate rsa2 rsa rsa_keygen_bits:2048 0x33
certificate old rsa rsa_keygen_bits:2048 0x44 3

export EXTRA_JAVA_OPTS="-Djava.security.properties=$HERE/e2e/old-ciphers.properties"
lab_network
lab_client
lab_server
check "the client gets an address" on_client timeout 30 udhcpc -i client0 -n -q -f -s "$HERE/e2e/dhcp-script.sh"
url=https://$LAB_ADDRESS

get() { on_client timeout 120 curl -sS --http1.1 --cacert "$LAB/ca.pem" --max-time 100 "$@"; }
same() { cmp "$LAB/tftp/$1" "$LAB/got"; }
whole() { # FILE CURL-ARGS...: byte for byte
  local file=$1
  shift
  rm -f "$LAB/got"
  get -f -o "$LAB/got" "$@" "$url/$file" && same "$file"
}
status_is() { # STATUS CURL-ARGS...: body into $LAB/got
  local expected=$1 status
  shift
  rm -f "$LAB/got"
  status=$(get -o "$LAB/got" -w '%{http_code}' "$@") || true
  echo "status $status"
  [ "$status" = "$expected" ]
}
shown() { # S_CLIENT-ARGS...: what a handshake comes to
  on_client timeout 10 openssl s_client -connect "$LAB_ADDRESS:443" -CAfile "$LAB/ca.pem" "$@" </dev/null >"$LAB/shown" 2>&1
}
serial_is() { # SERIAL S_CLIENT-ARGS...
  local serial=$1
  shift
  shown "$@"
  openssl x509 -noout -serial <"$LAB/shown" 2>&1 | grep -qx "serial=$serial"
}
logged() { grep -E "$1" "$LAB/server.log"; }

# ---- without a certificate ----------------------------------------------------------------------------------------
turned_away() { ! shown -tls1_2 && ! grep -q 'BEGIN CERTIFICATE' "$LAB/shown"; }
check "without a certificate nobody is served" turned_away
in_clear() { ! on_client timeout 10 curl -sS "http://$LAB_ADDRESS:443/small.bin"; }
check "nor in the clear" in_clear
check "and the log says so" logged 'WARN .*door https .*no certificate'
check "HTTP goes on" on_client timeout 20 curl -sSf -o /dev/null "http://$LAB_ADDRESS/small.bin"

# ---- one certificate, two -----------------------------------------------------------------------------------------
install_certificate rsa rsa
configure 'certificates = tls/rsa.pem' 'keys = tls/rsa.key'
await 10 "an RSA certificate" serial_is 11 -tls1_2
install_certificate ec ec
configure 'certificates = tls/rsa.pem, tls/ec.pem' 'keys = tls/rsa.key, tls/ec.key'
await 10 "an EC certificate" serial_is 22 -tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256
check "whoever has RSA ciphers is shown the RSA certificate" serial_is 11 -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256
check "also with TLS 1.3" serial_is 11 -tls1_3 -sigalgs rsa_pss_rsae_sha256
check "whoever has both is shown the EC certificate" serial_is 22
agreed() { # CIPHER: with TLS 1.2
  shown -tls1_2 -cipher "$1" && grep "Cipher is $1" "$LAB/shown"
}
for cipher in AES128-SHA AES256-SHA256 AES128-GCM-SHA256 DHE-RSA-AES128-GCM-SHA256 ECDHE-RSA-AES128-SHA \
  ECDHE-RSA-AES256-GCM-SHA384; do
  check "firmware's cipher $cipher" agreed "$cipher"
done
refuses() { ! shown "$@" && ! grep -q 'BEGIN CERTIFICATE' "$LAB/shown"; }
check "TLS 1.1 is refused" refuses -tls1_1 -cipher 'ALL:@SECLEVEL=0'
check "TLS 1.0 is refused" refuses -tls1 -cipher 'ALL:@SECLEVEL=0'
check "ciphers without encryption are refused" refuses -tls1_2 -cipher 'NULL:@SECLEVEL=0'
check "ciphers without a certificate are refused" refuses -tls1_2 -cipher 'aNULL:@SECLEVEL=0'
check "3DES is refused" refuses -tls1_2 -cipher '3DES:@SECLEVEL=0'
check "a fragment of 4096 bytes at most, as iPXE asks for" shown -tls1_2 -maxfraglen 4096

# ---- the content --------------------------------------------------------------------------------------------------
check "GET of 40 MB with TLS 1.2" whole big.bin --tls-max 1.2
check "GET of 40 MB with TLS 1.3" whole big.bin --tlsv1.3
check "GET of 40 MB with CBC" whole big.bin --tls-max 1.2 --ciphers AES128-SHA
part() { # FIRST COUNT
  [ "$(wc -c <"$LAB/got")" -eq "$2" ] && cmp --ignore-initial="$1:0" --bytes="$2" "$LAB/tftp/big.bin" "$LAB/got"
}
range() { status_is 206 -H "Range: bytes=$2-$(($2 + $3 - 1))" "$url/$1" && part "$2" "$3"; }
check "a range" range big.bin 12345678 11111112
check "HEAD" status_is 200 -I "$url/big.bin"
check "an unknown file is 404" status_is 404 "$url/nosuchfile"
check "POST is 405" status_is 405 -d x=y "$url/small.bin"
check "a tree's edge" status_is 400 --path-as-is "$url/../outside"
reused() {
  get -v -o /dev/null "$url/small.bin" -o /dev/null "$url/big.bin" -o /dev/null "$url/small.bin" 2>"$LAB/verbose"
  [ "$(grep -c 'Re-using existing connection' "$LAB/verbose")" = 2 ]
}
check "keep-alive: three files on one connection" reused
wget_fetches() { rm -f "$LAB/got"; on_client timeout 60 wget -q --ca-certificate="$LAB/ca.pem" -O "$LAB/got" "$url/big.bin" && same big.bin; }
check "wget fetches 40 MB" wget_fetches
parallel_fetches() { # COUNT
  local i fetches=() bad=0
  for i in $(seq "$1"); do
    get -f "$url/big.bin" | cmp - "$LAB/tftp/big.bin" &
    fetches+=($!)
  done
  for i in "${fetches[@]}"; do wait "$i" || bad=1; done
  return "$bad"
}
check "16 clients at once, 40 MB each" parallel_fetches 16

# ---- HTTP/2 -------------------------------------------------------------------------------------------------------
agrees_on() { # VERSION CURL-ARGS...
  local version=$1
  shift
  [ "$(get -o /dev/null -w '%{http_version}' "$@" "$url/small.bin")" = "$version" ]
}
check "who speaks HTTP/2 is answered by it" agrees_on 2 --http2
check "who speaks HTTP/1.1 by that" agrees_on 1.1 --http1.1
check "who does not say by HTTP/1.1" agrees_on 1.1 --no-alpn
check "HTTP/2: GET of 40 MB with TLS 1.2" whole big.bin --http2 --tls-max 1.2
check "HTTP/2: GET of 40 MB with TLS 1.3" whole big.bin --http2
range2() { status_is 206 --http2 -H 'Range: bytes=12345678-23456789' "$url/big.bin" && part 12345678 11111112; }
check "HTTP/2: a range" range2
check "HTTP/2: HEAD" status_is 200 --http2 -I "$url/big.bin"
check "HTTP/2: an unknown file is 404" status_is 404 --http2 "$url/nosuchfile"
check "HTTP/2: POST is 405" status_is 405 --http2 -d x=y "$url/small.bin"
at_once() { # on one connection
  local i files=()
  for i in 1 2 3 4; do files+=(-o "$LAB/at-once.$i" "$url/big.bin"); done
  get -f --http2 --parallel -w '%{num_connects} connections\n' "${files[@]}" || return 1
  for i in 1 2 3 4; do cmp "$LAB/tftp/big.bin" "$LAB/at-once.$i" || return 1; done
}
check "HTTP/2: four files at once" at_once

# ---- bad clients --------------------------------------------------------------------------------------------------
plain() { # nothing is said in the clear
  # shellcheck disable=SC2016 # for the other shell
  on_client timeout 10 bash -c 'exec 3<>"/dev/tcp/$0/443"; printf "GET /small.bin HTTP/1.1\r\nHost: x\r\n\r\n" >&3; head -c 8192 <&3' \
    "$LAB_ADDRESS" >"$LAB/answer" 2>"$LAB/answer.err"
  [ "$?" -ne 124 ] && ! grep -aq HTTP "$LAB/answer"
}
check "HTTP at the door of HTTPS gets no answer" plain
stalled_handshake() { # closed within headerTimeout
  # shellcheck disable=SC2016 # for the other shell
  on_client timeout 10 bash -c 'exec 3<>"/dev/tcp/$0/443"; printf "\x16\x03\x01\x02" >&3; head -c 1 <&3' "$LAB_ADDRESS" >/dev/null 2>&1
  [ "$?" -ne 124 ]
}
check "a handshake that is never finished is closed" stalled_handshake
by_hand() { # LINE: what s_client is told before it asks for a file; R is its command for a renegotiation
  { sleep 1; printf '%b' "$1"; sleep 1; printf 'GET /small.bin HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n'; sleep 2; } \
    | on_client timeout 20 openssl s_client -connect "$LAB_ADDRESS:443" -tls1_2 >"$LAB/shown" 2>&1
  grep -a 'HTTP/1.1 200' "$LAB/shown"
}
check "a request by hand" by_hand ''
renegotiated() { ! by_hand 'R\n' && grep -a RENEGOTIATING "$LAB/shown"; }
check "a client cannot renegotiate" renegotiated

# ---- a change while it serves -------------------------------------------------------------------------------------
{ get --limit-rate 1500k -o "$LAB/slow" "$url/big.bin"; echo $? >"$LAB/slow.status"; } &
await 10 "bytes of a slow download" test -s "$LAB/slow"
transfers() { lab_shell http:transfers | grep -E "Connections: .* 1 (https|h2)"; }
check "http:transfers shows what is spoken" transfers
install_certificate rsa2 rsa
await 20 "the new certificate" serial_is 33 -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256
check "while a slow download goes on" test ! -e "$LAB/slow.status"
await 30 "end of the slow download" test -e "$LAB/slow.status"
check "it ends whole" cmp "$LAB/tftp/big.bin" "$LAB/slow"
still_second() { serial_is 33 -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256; }
broken() { # PATTERN: the log says so, and the old one stays
  await 20 "warning" logged "WARN .*$1.*the former certificates stay in use" && still_second
}
echo 'no certificate' >"$DATA/etc/tls/rsa.pem"
check "a broken certificate keeps the old one" broken 'certificates = tls/rsa.pem; expected a PEM file'
install_certificate rsa2 rsa
cp "$LAB/rsa.key" "$DATA/etc/tls/rsa.key"
check "a key of another certificate keeps the old one" broken 'keys = tls/rsa.key; expected the private key of'
rm "$DATA/etc/tls/rsa.key"
check "a key that is gone keeps the old one" broken 'keys = tls/rsa.key; expected a PEM file that the server can read'
openssl rsa -in "$LAB/rsa2.key" -traditional -out "$DATA/etc/tls/rsa.key" 2>/dev/null # PKCS#1
openssl ec -in "$LAB/ec.key" -out "$DATA/etc/tls/ec.key" 2>/dev/null                   # SEC 1
traditional() { grep 'BEGIN RSA' "$DATA/etc/tls/rsa.key" && grep 'BEGIN EC PRI' "$DATA/etc/tls/ec.key"; }
check "keys in the formats of old" traditional
install_certificate_only() { cp "$LAB/old.key" "$DATA/etc/tls/old.key" && cp "$LAB/old.pem" "$DATA/etc/tls/old.pem"; }
install_certificate_only
configure 'certificates = tls/old.pem, tls/ec.pem' 'keys = tls/old.key, tls/ec.key'
await 20 "a certificate that ends soon" serial_is 44 -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256
check "that it ends soon is said" await 10 "warning" logged 'WARN .*certificate in tls/old.pem is valid until'
configure 'certificates = tls/rsa.pem, tls/ec.pem' 'keys = tls/rsa.key'
check "a key too few is one clear line" await 20 "refusal" logged 'keys = tls/rsa.key; expected as many files as certificates'
configure 'certificates = tls/rsa.pem, tls/ec.pem' 'keys = tls/rsa.key, tls/ec.key'
await 20 "the keys of old formats" still_second
check "the EC key too" serial_is 22
listed() { lab_shell http:certificates | tee "$LAB/listed" && grep 'tls/rsa.pem.*RSA 2048' "$LAB/listed" && grep 'tls/ec.pem.*EC 256' "$LAB/listed"; }
check "http:certificates lists both" listed
secrets() { ! grep -aF -f <(sed -n '2p' "$LAB/rsa.key" "$LAB/rsa2.key" "$LAB/ec.key") "$LAB/server.log" "$DATA"/data/log/*.log; }
check "nothing of a key is in the logs" secrets
kill "$SERVER"
await 30 "end of the server" sh -c "! kill -0 $SERVER 2>/dev/null"
check "the access log has them" grep -q '"GET /big.bin HTTP/1.1" 200 40000000 ' "$DATA/data/log/access.log"
check "those of HTTP/2 too" grep -q '"GET /big.bin HTTP/2.0" 200 40000000 ' "$DATA/data/log/access.log"
check "no error was logged" sh -c "! grep ' ERROR ' '$LAB/server.log'"
checks_end
