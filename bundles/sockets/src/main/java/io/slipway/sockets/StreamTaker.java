package io.slipway.sockets;

import io.netty.channel.Channel;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the connections of a TCP door. Registered as a service with the property {@link DatagramTaker#DOOR}; of several
 * the newest is handed the new connections. While there is none, nothing is accepted and the kernel queues.
 */
@ConsumerType
public interface StreamTaker {

    /**
     * One new connection. Called on the connection's event loop before anything is read: fills the pipeline and must
     * not block. From here on the connection is the taker's, also after it has been replaced as a taker.
     */
    void accepted(Channel connection, StreamDoor door);

    /** Whether connections are answered now; the server calls itself ready when every taker is. */
    default boolean isReady() {
        return true;
    }
}
