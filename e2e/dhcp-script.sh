#!/bin/sh
# What dhclient and udhcpc call: sets the address, and writes down what was given. Touches nothing outside its namespace.
event=${1:-$reason}
address=${new_ip_address:-${ip:-}}
mask=${new_subnet_mask:-${subnet:-}}
# shellcheck disable=SC2154 # the clients set it
link=$interface
server=${new_dhcp_server_identifier:-${serverid:-}}
echo "$event $address $mask ${new_routers:-${router:-}} of $server" >>"${EVENTS:-$LAB/dhcp-events.log}"
case $event in
  PREINIT | deconfig) command ip link set "$link" up ;;
esac
if [ -n "$address" ]; then
  command ip address replace "$address/24" dev "$link"
fi
