package io.slipway.sockets.internal;

import io.slipway.sockets.Link;
import java.net.Inet4Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** Looks at the kernel's network interfaces. */
final class Links {

    private Links() {}

    /** The interface of a name as it is now, with or without a carrier; empty when there is none. */
    static Optional<Link> find(String name) throws SocketException {
        NetworkInterface found = NetworkInterface.getByName(name);
        if (found == null) {
            return Optional.empty();
        }
        Optional<InterfaceAddress> first = found.getInterfaceAddresses().stream()
                .filter(address -> address.getAddress() instanceof Inet4Address)
                .findFirst();
        return Optional.of(new Link(
                name,
                found.getIndex(),
                first.map(address -> (Inet4Address) address.getAddress()),
                first.map(address -> (int) address.getNetworkPrefixLength()).orElse(0),
                found.getMTU()));
    }
}
