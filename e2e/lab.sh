# shellcheck shell=bash
# A network of its own for one demo or one test: everything in it dies with it, and nothing of the host's is touched.
# Sourced. LAB is the folder of its files, HERE the checkout, DATA the server's data directory.

LAB_ADDRESS=10.77.0.1
LAB_PREFIX=24
LAB_FOREIGN=10.77.0.2
LAB_RANGE=10.77.0.100-10.77.0.199
LAB_MAC=52:54:00:77:00:01
LAB_INSTALLER=/usr/lib/debian-installer/images/12/amd64/text

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

lab_client() { # a second network, which the clients are in: interface client0, at the other end of br0
  touch "$LAB/client" && unshare --net="$LAB/client" true
  [ "$(on_client readlink /proc/self/ns/net)" != "$(readlink /proc/self/ns/net)" ] || lab_fail "no second network"
  ip link add port0 type veth peer name client0
  ip link set port0 master br0 up
  ip link set client0 netns "$LAB/client"
  on_client ip link set lo up
  on_client ip link set client0 up
}
on_client() { nsenter --net="$LAB/client" "$@"; }
client_mac() { on_client ip -o link show client0 | sed -E 's/.*ether ([0-9a-f:]+).*/\1/'; }

lab_foreign() { # another host: interface foreign0 with the address $LAB_FOREIGN, at the other end of br0
  touch "$LAB/foreign" && unshare --net="$LAB/foreign" true
  [ "$(on_foreign readlink /proc/self/ns/net)" != "$(readlink /proc/self/ns/net)" ] || lab_fail "no third network"
  ip link add port1 type veth peer name foreign0
  ip link set port1 master br0 up
  ip link set foreign0 netns "$LAB/foreign"
  on_foreign ip link set lo up
  on_foreign ip address add "$LAB_FOREIGN/$LAB_PREFIX" dev foreign0
  on_foreign ip link set foreign0 up
}
on_foreign() { nsenter --net="$LAB/foreign" "$@"; }

lab_dnsmasq() { # on_foreign|env INTERFACE [ARGS...]: a DHCP server that knows nothing of booting, on that host or on this
  local on=$1 interface=$2
  shift 2
  : >>"$LAB/foreign.leases"
  : >"$LAB/foreign.log"
  "$on" dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --user=root --interface="$interface" \
    --bind-interfaces --dhcp-range=10.77.0.50,10.77.0.59,1h --dhcp-authoritative --log-dhcp --log-facility=- \
    --dhcp-leasefile="$LAB/foreign.leases" --pid-file="$LAB/foreign.pid" "$@" >>"$LAB/foreign.log" 2>&1 &
  await 10 "DHCP server of somebody else" grep -q 'DHCP, IP range' "$LAB/foreign.log"
}

lab_dnsmasq_stop() {
  local process
  process=$(cat "$LAB/foreign.pid")
  kill "$process"
  await 5 "end of the other DHCP server" sh -c "! kill -0 $process 2>/dev/null"
}

lab_proxy() { # MODE [KEY=VALUE...]: what the server is beside other DHCP servers
  local line
  mkdir -p "$DATA/etc"
  printf 'mode = %s\n' "$1" >"$LAB/proxy.cfg"
  shift
  for line in "$@"; do printf '%s = %s\n' "${line%%=*}" "${line#*=}" >>"$LAB/proxy.cfg"; done
  cp "$LAB/proxy.cfg" "$DATA/etc/.proxy.cfg" && mv "$DATA/etc/.proxy.cfg" "$DATA/etc/io.slipway.dhcp.proxy.cfg"
}

lab_server() { # [ARGS...]: the server as everybody runs it; returns when it is ready
  lab_serve "$HERE/slipway" run --interface br0 --range "$LAB_RANGE" --data "$DATA" "$@"
}

lab_serve() { # COMMAND...: the server by this command; returns when it is ready
  : >"$LAB/server.log" # before it is begun: the line of an earlier one would be taken for its own
  "$@" >>"$LAB/server.log" 2>&1 &
  SERVER=$!
  await 90 "ready line from the server" lab_is_ready
}

lab_is_ready() {
  kill -0 "$SERVER" 2>/dev/null || lab_fail "the server ended"
  grep -qs '^ready' "$LAB/server.log"
}

lab_shell() { "$HERE/slipway" shell --data "$DATA" "$@"; }

# lab_image IMAGE LOADER: an image in the store and its profile for every machine. installer: the Debian installer, on the
# serial console; test-system: one line there, and off again; test-menu: the same out of a menu; unified-kernel: the same
# as one EFI program.
lab_image() {
  local image=$1 loader=$2
  case $image in
    installer) lab_shell image:import "$LAB_INSTALLER" debian-12:current ;;
    test-system | test-menu | unified-kernel)
      lab_test_system
      [ "$image" != unified-kernel ] || lab_unified_kernel
      lab_shell image:import "$LAB/${image/test-menu/test-system}" test:current ;;
    *) lab_fail "no image '$image'" ;;
  esac
  if [ "$loader" = uefi-http ] && [ "$image" != unified-kernel ]; then # which firmware starts by itself
    lab_http_grub
    loader=grub
  fi
  case $loader in
    snponly) printf 'efiProgram = snponly\n' >>"$DATA/etc/io.slipway.loader.ipxe.cfg" ;&
    undionly) loader=ipxe ;;
  esac
  mkdir -p "$DATA/etc/boot"
  sed "s/LOADER/$loader/" "$HERE/e2e/$image.yaml" >"$DATA/etc/boot/.$image.yaml"
  mv "$DATA/etc/boot/.$image.yaml" "$DATA/etc/boot/$image.yaml"
}

lab_test_system() { # in $LAB/test-system: the installer's kernel, and an initrd of busybox and one script
  local root=$LAB/initrd
  mkdir -p "$root/bin" "$root/proc" "$LAB/test-system"
  cp /bin/busybox "$root/bin/"
  install -m 755 "$HERE/e2e/test-system.sh" "$root/init"
  (cd "$root" && find . | cpio --quiet -o -H newc) | gzip >"$LAB/test-system/initrd.gz"
  cp "$LAB_INSTALLER/debian-installer/amd64/linux" "$LAB/test-system/"
}

lab_http_grub() { # a GRUB that speaks HTTP, as etc/io.slipway.loader.grub.cfg says: Debian's signed one does not
  grub-mkimage -O x86_64-efi -p /grub -o "$LAB/grubnetx64-http.efi" normal configfile echo test net efinet \
    http tftp linux chain boot serial terminal gzio sleep reboot halt minicmd
  printf 'httpGrub = %s\n' "$LAB/grubnetx64-http.efi" >>"$DATA/etc/io.slipway.loader.grub.cfg"
}

lab_unified_kernel() { # in $LAB/unified-kernel: the test system as one EFI program, as systemd's documentation makes them
  mkdir "$LAB/unified-kernel"
  printf 'console=ttyS0,115200n8 panic=1 unified' >"$LAB/arguments"
  objcopy --add-section .cmdline="$LAB/arguments" --change-section-vma .cmdline=0x30000 \
    --add-section .linux="$LAB/test-system/linux" --change-section-vma .linux=0x2000000 \
    --add-section .initrd="$LAB/test-system/initrd.gz" --change-section-vma .initrd=0x3000000 \
    /usr/lib/systemd/boot/efi/linuxx64.efi.stub "$LAB/unified-kernel/slipway.efi"
}

# lab_can FIRMWARE LOADER: whether such a machine can run that loader; says why not. Nothing for LOADER: yes.
lab_can() {
  case $1-$2 in
    bios-grub) echo "Slipway's GRUB is an EFI program; BIOS machines use pxelinux or ipxe" ;;
    bios-snponly) echo "snponly is an EFI program; BIOS machines use undionly" ;;
    uefi-undionly) echo "undionly is a BIOS program; UEFI machines use snponly" ;;
    bios-uefi-http) echo "HTTP Boot is UEFI's; BIOS machines use pxelinux or ipxe" ;;
    uefi-pxelinux) echo "pxelinux is a BIOS program; UEFI machines use grub, ipxe or uefi-http" ;;
    *) return 0 ;;
  esac
  return 1
}

# lab_machine FIRMWARE [LOADER]: an emulated machine with an empty disk; its serial console is $LAB/serial.log.
lab_machine() {
  local firmware=$1 loader=${2:-} args
  # shellcheck disable=SC2054 # the commas are QEMU's
  args=(-m 1024 -display none -monitor none -no-reboot
    -netdev tap,id=net0,ifname=tap0,script=no,downscript=no)
  truncate -s 4G "$LAB/disk.raw"
  args+=(-drive "file=$LAB/disk.raw,format=raw,if=virtio")
  if [ "$loader" = undionly ]; then # somebody types at it; without graphics the BIOS, too, is on the serial console
    mkfifo "$LAB/console.in" "$LAB/console.out"
    cat "$LAB/console.out" >"$LAB/serial.log" &
    # shellcheck disable=SC2054
    args+=(-chardev "pipe,id=console,path=$LAB/console" -serial chardev:console -machine graphics=off)
  else
    args+=(-serial "file:$LAB/serial.log")
  fi
  case $firmware in
    bios) args+=(-machine pc -boot n -device "virtio-net-pci,netdev=net0,mac=$LAB_MAC") ;;
    uefi) # without a ROM on the card, so that EDK2's own PXE client boots
      cp /usr/share/OVMF/OVMF_VARS_4M.fd "$LAB/vars.fd"
      # shellcheck disable=SC2054
      args+=(-machine q35 -device "virtio-net-pci,netdev=net0,mac=$LAB_MAC,romfile="
        -drive if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd
        -drive "if=pflash,format=raw,file=$LAB/vars.fd")
      if [ "$loader" = uefi-http ]; then
        # HTTP Boot comes last in the firmware's order. Its PXE is switched off, as a person would in the set-up, for
        # it would wait minutes for nothing.
        # shellcheck disable=SC2054
        args+=(-fw_cfg name=opt/org.tianocore/IPv4PXESupport,string=n
          -fw_cfg name=opt/org.tianocore/IPv6PXESupport,string=n)
      fi ;;
    *) lab_fail "no firmware '$firmware'" ;;
  esac
  qemu-system-x86_64 -accel "$(lab_accelerator)" "${args[@]}" >"$LAB/qemu.log" 2>&1 &
  MACHINE=$!
}

# lab_chain PROGRAM: at the machine's console, from the command line of the iPXE in its ROM, by the ROM's own network stack.
lab_chain() {
  await 60 "boot from the ROM" lab_console_has 'Booting from ROM'
  printf '\002' >"$LAB/console.in" # Ctrl-B, which waits for the ROM to ask for it
  await 60 "command line of the ROM" lab_console_has 'iPXE>'
  printf 'dhcp\r' >"$LAB/console.in"
  await 60 "address of the ROM" lab_console_has 'Configuring (net0 .*ok'
  printf 'chain tftp://%s%s\r' "$LAB_ADDRESS" "$1" >"$LAB/console.in"
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
  local alive=yes
  kill -0 "$MACHINE" 2>/dev/null || alive=no # asked first: what it still printed must be seen
  lab_console | grep "$1" >/dev/null && return
  [ "$alive" = yes ] || lab_fail "the machine ended without '$1' on its console"
  return 1
}
