# shellcheck shell=bash
# A network of its own for one demo or one test: everything in it dies with it, and nothing of the host's is touched.
# Sourced. LAB is the folder of its files, HERE the checkout, DATA the server's data directory.

LAB_ADDRESS=10.77.0.1
LAB_PREFIX=24
LAB_RANGE=10.77.0.100-10.77.0.199
LAB_MAC=52:54:00:77:00:01

# ---- from outside -------------------------------------------------------------------------------------------------

# lab_run KEEP SCRIPT ARGS...: runs SCRIPT in fresh network, mount and process namespaces and returns its status. KEEP=yes
# leaves it running when SCRIPT has succeeded. LAB_LOGS: where the logs go when it fails.
lab_run() {
  local keep=$1 enter=(unshare --net --mount --pid --fork --kill-child=KILL) status
  shift
  [ "$(id -u)" -eq 0 ] || enter+=(--user --map-root-user)
  "${enter[@]}" true 2>/dev/null || {
    echo "slipway: cannot make a private network here: run this as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1)" >&2
    return 77
  }
  LAB=$(mktemp -d "${TMPDIR:-/tmp}/slipway-lab.XXXXXX")
  export LAB HERE LAB_KEEP=$keep
  setsid "${enter[@]}" bash "$HERE/e2e/inside.sh" "$@" </dev/null &
  LAB_HOLDER=$!
  trap 'lab_end' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  while kill -0 "$LAB_HOLDER" 2>/dev/null && [ ! -e "$LAB/kept" ]; do sleep 0.2; done
  if [ -e "$LAB/kept" ]; then
    trap - EXIT INT TERM HUP
    return 0
  fi
  wait "$LAB_HOLDER" && status=0 || status=$?
  lab_end
  trap - EXIT INT TERM HUP
  return "$status"
}

lab_end() {
  kill -KILL "$LAB_HOLDER" 2>/dev/null || true
  wait "$LAB_HOLDER" 2>/dev/null || true
  if [ -e "$LAB/failed" ]; then
    rm -rf "$LAB_LOGS" && mkdir -p "$LAB_LOGS"
    find "$LAB" -maxdepth 1 -name '*.log' -exec cp {} "$LAB_LOGS/" \;
    echo "logs: $LAB_LOGS" >&2
  fi
  rm -rf "$LAB"
}

# ---- inside -------------------------------------------------------------------------------------------------------

lab_fail() {
  echo "slipway: $1" >&2
  local log
  for log in "$LAB/server.log" "$LAB/qemu.log"; do
    if [ -s "$log" ]; then
      echo "the end of $(basename "$log"):" >&2
      tail -n 4 "$log" >&2
    fi
  done
  if [ -e "$LAB/serial.log" ]; then
    echo "the end of the machine's console:" >&2
    lab_console | tail -n 4 >&2
  fi
  touch "$LAB/failed"
  exit 1
}

# await SECONDS WHAT COMMAND...: until the command succeeds; fails with WHAT when the time is up.
await() {
  local limit=$1 end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || lab_fail "no $what within $limit s"
    sleep 0.2
  done
}

lab_network() { # a bridge that the server is on, and a tap for a machine
  ip link set lo up
  ip link add br0 type bridge
  ip address add "$LAB_ADDRESS/$LAB_PREFIX" dev br0
  ip tuntap add tap0 mode tap
  ip link set tap0 master br0
  ip link set tap0 up
  ip link set br0 up
}

lab_server() { # [ARGS...]: the server as everybody runs it; returns when it is ready
  "$HERE/slipway" run --interface br0 --range "$LAB_RANGE" --data "$DATA" "$@" >"$LAB/server.log" 2>&1 &
  SERVER=$!
  await 90 "ready line from the server" lab_is_ready
}

lab_is_ready() {
  kill -0 "$SERVER" 2>/dev/null || lab_fail "the server ended"
  grep -q '^ready' "$LAB/server.log"
}

lab_shell() { "$HERE/slipway" shell --data "$DATA" "$@"; }

lab_installer() { # the Debian installer's image, and a profile for it on the serial console
  mkdir -p "$DATA/etc/boot"
  cp "$HERE/e2e/installer.yaml" "$DATA/etc/boot/.installer.yaml"
  mv "$DATA/etc/boot/.installer.yaml" "$DATA/etc/boot/installer.yaml"
  lab_shell image:import /usr/lib/debian-installer/images/12/amd64/text debian-12:current
}

# lab_machine FIRMWARE: an emulated machine with an empty disk; its serial console is $LAB/serial.log.
lab_machine() {
  local firmware=$1 args
  # shellcheck disable=SC2054 # the commas are QEMU's
  args=(-m 1024 -display none -monitor none -no-reboot -serial "file:$LAB/serial.log"
    -netdev tap,id=net0,ifname=tap0,script=no,downscript=no)
  truncate -s 4G "$LAB/disk.raw"
  args+=(-drive "file=$LAB/disk.raw,format=raw,if=virtio")
  case $firmware in
    bios) args+=(-machine pc -boot n -device "virtio-net-pci,netdev=net0,mac=$LAB_MAC") ;;
    uefi) # without a ROM on the card, so that EDK2's own PXE client boots
      cp /usr/share/OVMF/OVMF_VARS_4M.fd "$LAB/vars.fd"
      # shellcheck disable=SC2054
      args+=(-machine q35 -device "virtio-net-pci,netdev=net0,mac=$LAB_MAC,romfile="
        -drive if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd
        -drive "if=pflash,format=raw,file=$LAB/vars.fd") ;;
    *) lab_fail "no firmware '$firmware'" ;;
  esac
  qemu-system-x86_64 -accel "$(lab_accelerator)" "${args[@]}" >"$LAB/qemu.log" 2>&1 &
  MACHINE=$!
}

# KVM only where it is seen to run a BIOS: the device may open and still hang.
lab_accelerator() {
  local seen=$LAB/kvm-probe.txt
  if [ -w /dev/kvm ]; then
    { timeout -s KILL 5 qemu-system-x86_64 -accel kvm -m 64 -display none -monitor none -serial none -no-reboot \
      -chardev "file,id=bios,path=$seen" -device isa-debugcon,iobase=0x402,chardev=bios || true; } >/dev/null 2>&1
    if grep -qs 'No bootable device' "$seen"; then
      echo kvm
      return
    fi
  fi
  echo tcg
}

lab_console() { # the machine's serial console without terminal control
  [ -e "$LAB/serial.log" ] || return 0
  tr -d '\000\r' <"$LAB/serial.log" | sed 's/\x1b[[(][0-9;?]*[A-Za-z]//g'
}

lab_console_has() {
  kill -0 "$MACHINE" 2>/dev/null || lab_fail "the machine ended"
  lab_console | grep -q "$1"
}
