package io.slipway.sockets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.EventExecutor;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
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
     * Opens a socket on a port of its own for one conversation on this interface (a TFTP transfer identifier, RFC 1350
     * section 4). The handler gets Netty's {@code DatagramPacket}s, and closes the channel when it is done.
     *
     * @param local the own address that the conversation is held from, of the door's protocol; with 0.0.0.0 the kernel
     *     chooses one by the route to the client
     * @return completes when the socket is bound
     */
    ChannelFuture open(InetAddress local, ChannelHandler handler);

    /**
     * The same on a port that must be this one, beside other programs that share it: every one of them hears what is
     * broadcast, one alone what is unicast. For the short time in which answers are expected there.
     *
     * @return completes when the socket is bound; fails when a program that does not share has the port
     */
    ChannelFuture openShared(int port, ChannelHandler handler);

    /**
     * From now on a conversation is held with one client alone, which the kernel serves for less. What others send to the
     * same port goes to a handler of its own, on a second socket that closes with the first. On the event loop of the
     * conversation. Where that cannot be, nothing changes.
     */
    default void settle(Channel conversation, InetSocketAddress client, ChannelHandler strangers) {}

    /**
     * The same for a conversation in which one datagram is sent and then its answer awaited (lock-step): no more will be
     * sent at a time. What the client sends may go around the socket's handler from now on.
     *
     * @param answers what the client sends; valid during the call, on the event loop of the conversation
     */
    default void settleLockStep(
            Channel conversation, InetSocketAddress client, Consumer<ByteBuf> answers, ChannelHandler strangers) {
        settle(conversation, client, strangers);
    }

    /**
     * Sends datagrams from a socket that {@link #open} gave, on its event loop, with as few system calls as the platform
     * allows. Takes over the buffer. A failure reaches the socket's handler.
     *
     * @param datagrams one after another
     * @param size of each in bytes, header of UDP not counted; the last may be shorter
     */
    default void send(Channel conversation, ByteBuf datagrams, int size, InetSocketAddress to) {
        sendEach(conversation, datagrams, size, to);
    }

    /** Sends each datagram of a buffer by itself, with one flush. Takes over the buffer. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails reaches the handler: these promises are void
    static void sendEach(Channel conversation, ByteBuf datagrams, int size, InetSocketAddress to) {
        while (datagrams.readableBytes() > size) {
            conversation.write(new DatagramPacket(datagrams.readRetainedSlice(size), to), conversation.voidPromise());
        }
        conversation.writeAndFlush(new DatagramPacket(datagrams, to), conversation.voidPromise());
    }
}
