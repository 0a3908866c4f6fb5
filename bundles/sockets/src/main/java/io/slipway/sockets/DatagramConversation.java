package io.slipway.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A UDP socket of its own for what is said with one client (a TFTP transfer identifier, RFC 1350 section 4). For its event
 * loop, but for {@link #loop}.
 */
@ProviderType
public interface DatagramConversation {

    /** The longest datagram that is received whole, in bytes, header of UDP not counted. */
    int LONGEST_RECEIVED = 2048;

    /** The event loop on which its taker is called. */
    EventExecutor loop();

    /** The own address and port. */
    InetSocketAddress local();

    /**
     * Sends datagrams to the client, in order and with as few system calls as the platform allows. Takes over the buffer.
     * What the kernel has no room for waits; a failure is told to the taker, and what was to be sent is lost.
     *
     * @param datagrams one after another, in direct memory
     * @param size of each in bytes, header of UDP not counted; the last may be shorter
     */
    void send(ByteBuf datagrams, int size);

    /** Sends one datagram to somebody else who has sent to the same port. Takes over the buffer. */
    void sendTo(ByteBuf datagram, InetSocketAddress stranger);

    /**
     * It will take a while. The kernel serves for less what is the client's alone, so what others send comes by a second
     * socket on the same port from now on, which closes with the first. Where that cannot be, nothing changes.
     */
    void settle();

    /** Ends it; a second call does nothing. */
    void close();
}
