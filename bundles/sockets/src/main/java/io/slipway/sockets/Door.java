package io.slipway.sockets;

import java.net.Inet6Address;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An open listening socket, bound to one interface and one port: of IPv4, or of one IPv6 address of the interface. */
@ProviderType
public interface Door {

    /** The door's name, for example {@code tftp}. */
    String name();

    /** The interface as it was last seen. */
    Link link();

    /** The IPv6 address that it is bound to; empty for the door of IPv4, which has all addresses of the interface. */
    default Optional<Inet6Address> ipv6() {
        return Optional.empty();
    }

    /** The local port. */
    int port();

    /** {@code epoll} or {@code nio}. */
    String transport();

    /** What files that are sent from this door have to keep to. */
    default Bandwidth bandwidth() {
        return Bandwidth.UNLIMITED;
    }
}
