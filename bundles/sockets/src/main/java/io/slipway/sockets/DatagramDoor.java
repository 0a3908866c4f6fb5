package io.slipway.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** An open UDP socket, bound to one interface and one port. */
@ProviderType
public interface DatagramDoor extends Door {

    /** The event loop on which its taker is called. */
    EventExecutor loop();

    /** Sends a datagram; takes over the buffer. May be called on any thread. A failure is logged, not told. */
    void send(ByteBuf content, InetSocketAddress to);

    /**
     * The same from one of the interface's own addresses, where the kernel would take the primary one: it has no other
     * for what is broadcast. From the kernel's choice where that cannot be (nio).
     */
    default void send(ByteBuf content, Inet4Address from, InetSocketAddress to) {
        send(content, to);
    }

    /** Why a way cannot be gone on this interface, with the cure; empty when it can. */
    default Optional<String> obstacle(DirectWay way) {
        return Optional.of("this door knows no such way");
    }

    /**
     * Sends a datagram to a machine that has no address yet. May be called on any thread. Does not take over the
     * buffer, so that the caller can send it otherwise.
     *
     * @param from one of the interface's own addresses
     * @param to the address that the machine is about to have
     * @param ethernet its hardware address, 6 bytes
     * @return whether it is on its way; not when the way is barred, or does not suit this datagram
     */
    default boolean sendDirect(
            ByteBuf content, DirectWay way, Inet4Address from, InetSocketAddress to, byte[] ethernet) {
        return false;
    }

    /**
     * Opens a socket on a port of its own for the conversation with one client on this interface. May be called on any
     * thread.
     *
     * @param local the own address that the conversation is held from, of the door's protocol; with 0.0.0.0 the kernel
     *     chooses one by the route to the client
     * @return completes when it is open, after {@link ConversationTaker#opened}; fails when there is no socket for it,
     *     and then the taker is told nothing
     */
    Future<?> converse(InetAddress local, InetSocketAddress client, ConversationTaker taker);

    /**
     * Opens a socket of this interface on a port that must be this one, beside other programs that share it: every one of
     * them hears what is broadcast, one alone what is unicast. For the short time in which answers are expected there. The
     * handler gets Netty's {@code DatagramPacket}s, and closes the channel when it is done.
     *
     * @return completes when the socket is bound; fails when a program that does not share has the port
     */
    ChannelFuture openShared(int port, ChannelHandler handler);
}
