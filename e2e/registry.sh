# shellcheck shell=bash disable=SC2154 # runs inside a lab, after lab.sh
# Images in a registry: Debian's docker-registry, filled and read by the server and by skopeo; with a password, with mirrors,
# away and back, with deletion and without.
. "$HERE/e2e/checks.sh"

PROGRAM=$HERE/target/e2e-packages/usr/bin/docker-registry # see unpack.sh
URL=http://127.0.0.1:5000
[ -x "$PROGRAM" ] || lab_fail "there is no $PROGRAM"
mkdir -p "$LAB/files" "$DATA/etc"
head -c 9000000 /dev/urandom >"$LAB/files/big.bin" # more than two chunks of an upload
printf 'a kernel\n' >"$LAB/files/vmlinuz"
printf 'sesame-%s\n' "$RANDOM" >"$DATA/etc/registry.password"
chmod 600 "$DATA/etc/registry.password"
# shellcheck disable=SC2016
perl -e 'chomp(my $p = <STDIN>); print "slipway:", crypt($p, q($2b$05$abcdefghijklmnopqrstuu)), "\n"' \
  <"$DATA/etc/registry.password" >"$LAB/htpasswd"

registry() { # PORT DELETES [AUTH]: a registry on that port of this host, over one folder
  cat >"$LAB/registry-$1.yml" <<YAML
version: 0.1
log: { level: warn, accesslog: { disabled: true } }
storage: { filesystem: { rootdirectory: $LAB/registry }, delete: { enabled: $2 } }
http: { addr: "127.0.0.1:$1" }
${3:+auth: { htpasswd: { realm: lab, path: $LAB/htpasswd \} \}}
YAML
  "$PROGRAM" serve "$LAB/registry-$1.yml" >>"$LAB/registry.log" 2>&1 &
  REGISTRY=$!
  await 20 "registry" answers "$1"
}
answers() { curl -s -o "$LAB/curl.out" "http://127.0.0.1:$1/v2/"; }
registry_stop() { # PID
  kill "$1"
  wait "$1" || true
}
configured() { # NAME LINE...: the file of a registry
  local name=$1
  shift
  printf '%s\n' "$@" >"$LAB/registry.cfg"
  cp "$LAB/registry.cfg" "$DATA/etc/.registry.cfg"
  mv "$DATA/etc/.registry.cfg" "$DATA/etc/io.slipway.storage.oci-$name.cfg"
}
inspect() { skopeo inspect --raw --tls-verify=false "docker://127.0.0.1:5000/$1" "${@:2}"; }
lists() { lab_shell image:list </dev/null | tee "$LAB/list" | grep -E "$1"; }
says() { grep -Eq "$1" "$LAB/server.log"; }
says_times() { [ "$(grep -Ec "$2" "$LAB/server.log")" -eq "$1" ]; }
served() { # IMAGE FILE: by HTTP, byte for byte
  local digest
  digest=$(inspect "lab/${1/:*}:${1#*:}" "${@:3}" | sha256sum | cut -d ' ' -f 1)
  curl -gsS --fail --max-time 30 -o "$LAB/got" "http://$LAB_ADDRESS/images/sha256-$digest/$2" && cmp "$LAB/files/$2" "$LAB/got"
}

lab_network
registry 5000 false
plain=$REGISTRY
lab_server

# ---- pushed by the server -----------------------------------------------------------------------------------------
check "the feature is installed without a network" lab_shell feature:install slipway-storage-oci
check "without a file there is no registry" sh -c "! grep -i 'registry' '$LAB/server.log'"
configured main "url = $URL" 'prefix = lab' 'refresh = 1' 'ranking = 10'
check "a registry that is configured answers" await 20 "message" says 'registry main at http://127\.0\.0\.1:5000 answers \(0 tags\)'
check "an image is imported into it" lab_shell image:import "$LAB/files" pushed:current
check "skopeo sees it" inspect lab/pushed:current
check "skopeo fetches every blob" skopeo copy --src-tls-verify=false docker://127.0.0.1:5000/lab/pushed:current "oci:$LAB/layout:pushed"
check "a machine fetches a file of it" served pushed:current big.bin

# ---- pushed by somebody else --------------------------------------------------------------------------------------
check "skopeo pushes an image" skopeo copy --dest-tls-verify=false "oci:$LAB/layout:pushed" docker://127.0.0.1:5000/lab/copied/twice:v1
check "it is listed soon after" await 20 "image" lists 'copied/twice:v1'
check "a machine fetches a file of it, too" served copied/twice:v1 vmlinuz

# ---- removed ------------------------------------------------------------------------------------------------------
fails() { # WHY COMMAND...: in the shell
  local why=$1
  shift
  ! lab_shell "$@" </dev/null >"$LAB/failed.txt" 2>&1 || return 1
  grep -F "$why" "$LAB/failed.txt" || ! cat "$LAB/failed.txt"
}
untag_fails() { fails 'does not remove the tag of copied/twice:v1' image:untag copied/twice:v1; }
check "a registry that removes nothing keeps its tags" untag_fails
registry_stop "$plain"
registry 5000 true
check "one that removes digests alone keeps them, too" untag_fails
check "and nothing else was removed in its place" inspect lab/pushed:current
check "the tag is still listed" lists 'copied/twice:v1'

# ---- away, and back -----------------------------------------------------------------------------------------------
registry_stop "$REGISTRY"
check "that it is away is said" await 20 "message" says 'WARN .*registry main cannot be looked at; its images are those of .*no connection can be made'
check "its images stay listed" lists 'copied/twice:v1'
registry 5000 true
check "that it is back is said" await 20 "message" says 'registry main at .* answers again'

# ---- with a password, and a mirror --------------------------------------------------------------------------------
registry_stop "$REGISTRY"
registry 5000 true auth
configured main "url = $URL" 'prefix = lab' 'refresh = 1' 'ranking = 10'
check "who does not say who he is learns why" await 20 "message" says 'status 401.*it wants to know who asks: set user and password in etc/io\.slipway\.storage\.oci-main\.cfg'
configured main "url = $URL" 'prefix = lab' 'refresh = 1' 'ranking = 10' 'user = slipway' "password = $(cat "$DATA/etc/registry.password")"
check "a password in the configuration is refused" await 20 "message" says 'ERROR .*password = \(hidden\); expected env:NAME or file:PATH'
configured main "url = $URL" 'prefix = lab' 'refresh = 1' 'ranking = 10' 'user = slipway' 'password = file:registry.password' \
  'mirrors = http://127.0.0.1:5001'
check "with a password in a file it answers" await 20 "message" says_times 2 'registry main at .* answers \([0-9]+ tags\)'
printf 'another kernel\n' >"$LAB/files/vmlinuz"
check "an image is imported with it" lab_shell image:import "$LAB/files" secret:current
check "a machine fetches a file of it" served secret:current vmlinuz --creds "slipway:$(cat "$DATA/etc/registry.password")"
registry_stop "$REGISTRY"
registry 5001 false
check "a mirror is read while it is away" await 40 "image" lists 'secret:current'
printf 'pushed by another\n' >"$LAB/files/vmlinuz"
check "an import fails while it is away, and says why" fails 'see whether the registry runs' image:import "$LAB/files" late:current
check "the password is in no log" sh -c "! grep -rF '$(cat "$DATA/etc/registry.password")' '$DATA/data/log' '$LAB/server.log'"
checks_end
