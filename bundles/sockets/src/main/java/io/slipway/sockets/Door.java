package io.slipway.sockets;

import org.osgi.annotation.versioning.ProviderType;

/** An open listening socket, bound to one interface and one port. */
@ProviderType
public interface Door {

    /** The door's name, for example {@code tftp}. */
    String name();

    /** The interface as it was last seen. */
    Link link();

    /** The local port. */
    int port();

    /** {@code epoll} or {@code nio}. */
    String transport();

    /** What files that are sent from this door have to keep to. */
    default Bandwidth bandwidth() {
        return Bandwidth.UNLIMITED;
    }
}
