package io.slipway.sockets;

import java.net.Inet4Address;
import java.util.Objects;
import java.util.Optional;

/**
 * A network interface as it is now.
 *
 * @param name the kernel's name, for example {@code eth0}
 * @param index the kernel's index
 * @param address its first IPv4 address; empty while it has none
 * @param prefixLength of that address, 0 to 32
 * @param mtu in bytes
 */
public record Link(String name, int index, Optional<Inet4Address> address, int prefixLength, int mtu) {
    public Link {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(address, "address");
    }
}
