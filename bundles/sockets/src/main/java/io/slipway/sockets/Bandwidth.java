package io.slipway.sockets;

import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How fast boot files may be sent, in all and to each subnet. Whoever sends takes turns, a little in each: machines that
 * wait have equal shares, in bytes, by whatever protocol and however many files at a time. Safe for use by many threads.
 */
@ProviderType
public interface Bandwidth {

    /** Without a limit. */
    Bandwidth UNLIMITED = (client, bytes, loop, turn) -> Optional.empty();

    /**
     * Asks for a turn to send so many bytes to a client.
     *
     * @param loop the calling thread's, on which the turn comes
     * @param turn run when they may be sent, if that is not at once
     * @return empty: they may be sent at once; otherwise the limit that is waited for, as in {@link Limit#name}
     */
    Optional<String> reserve(InetAddress client, long bytes, EventExecutor loop, Runnable turn);

    /** What may be sent in one turn, in bytes: a piece that takes so long that others can wait for it. */
    default long turn() {
        return Long.MAX_VALUE;
    }

    /** The limits that are set; that of all last. */
    default List<Limit> limits() {
        return List.of();
    }

    /**
     * A limit and its use.
     *
     * @param name as operators know it: {@code bandwidth}, {@code subnetBandwidth 10.1.0.0/16}
     * @param bytesPerSecond that it allows
     * @param used in the last second
     * @param waiting turns that it keeps waiting
     */
    record Limit(String name, long bytesPerSecond, long used, int waiting) {}
}
