package io.slipway.sockets;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes the datagrams of a door. Registered as a service with the property {@value #DOOR}; of several the newest is
 * handed the packets. While there is none, reading stops and the kernel queues.
 */
@ConsumerType
public interface DatagramTaker {

    /** Service property: the name of the door, for example {@code dhcp}. */
    String DOOR = "sockets.door";

    /**
     * One datagram. Called on the door's event loop: must not block.
     *
     * @param content valid during the call; retain it to keep it longer
     * @param recipient the address that it was sent to, for example one of the interface's own or a broadcast address;
     *     0.0.0.0 where the transport cannot tell (nio)
     */
    void received(ByteBuf content, InetSocketAddress sender, InetAddress recipient, DatagramDoor door);

    /**
     * A door is open, and this is its taker now. May be said more than once of one door. Called on the door's event
     * loop: must not block.
     */
    default void opened(DatagramDoor door) {}

    /**
     * Whether a client waits for each answer before it sends on, so that to gather what comes under load, or to spread
     * what is sent, only makes it slower. Asked again and again.
     */
    default boolean isConversing() {
        return false;
    }

    /** Whether packets are answered now; the server calls itself ready when every taker is. */
    default boolean isReady() {
        return true;
    }
}
