package io.slipway.sockets;

import java.net.InetAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How fast boot files may be sent, in all and to each subnet. Whoever sends reserves a little at a time, and no more
 * before that is sent: so all who send have the same share. Safe for use by many threads.
 */
@ProviderType
public interface Bandwidth {

    /** Without a limit. */
    Bandwidth UNLIMITED = (client, bytes) -> 0;

    /**
     * Reserves the time in which so many bytes are sent to a client.
     *
     * @return nanoseconds until they may be sent; 0: at once
     */
    long reserve(InetAddress client, long bytes);
}
