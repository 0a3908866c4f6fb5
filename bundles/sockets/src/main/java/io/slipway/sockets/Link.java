package io.slipway.sockets;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A network interface as it is now. Its subnets share one wire.
 *
 * @param name the kernel's name, for example {@code eth0}
 * @param index the kernel's index
 * @param addresses its IPv4 addresses in the kernel's order, the primary one first; empty while it has none
 * @param mtu in bytes
 */
public record Link(String name, int index, List<LinkAddress> addresses, int mtu) {
    public Link {
        Objects.requireNonNull(name, "name");
        addresses = List.copyOf(addresses);
    }

    /** The primary address: the one that the kernel sends from when nothing speaks for another. */
    public Optional<Inet4Address> address() {
        return addresses.stream().findFirst().map(LinkAddress::address);
    }

    /** Whether an address is one of its own. */
    public boolean isOwn(InetAddress address) {
        for (LinkAddress own : addresses) { // asked for each packet
            if (own.address().equals(address)) {
                return true;
            }
        }
        return false;
    }

    /** The first of its addresses that lies in the same subnet as another machine. */
    public Optional<LinkAddress> near(InetAddress other) {
        return addresses.stream().filter(own -> own.isNear(other)).findFirst();
    }

    /** Whether an address stands for every machine on it: 255.255.255.255, or the highest address of a subnet. */
    public boolean isBroadcast(InetAddress address) {
        return address.getHostAddress().equals("255.255.255.255")
                || addresses.stream().flatMap(own -> own.broadcast().stream()).anyMatch(address::equals);
    }
}
