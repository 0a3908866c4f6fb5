package io.slipway.sockets.internal;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What makes the socket of one conversation cheap, where the transport is the native one. On its event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits until a socket is closed
final class ConversationSocket {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationSocket.class);

    private static final AttributeKey<Socket> SOCKET = AttributeKey.valueOf(ConversationSocket.class, "socket");

    private ConversationSocket() {}

    /**
     * Sends one datagram. The way through Netty's pipeline and outbound buffer costs a tenth of what a lock-step block
     * takes, and a datagram needs neither.
     *
     * @return whether the buffer is taken over; not when the socket takes nothing now, so that the datagram has to wait
     */
    static boolean send(Channel conversation, ByteBuf datagram, InetSocketAddress to) {
        if (!(conversation instanceof UnixChannel channel) || !conversation.isOpen() || !datagram.hasMemoryAddress()) {
            return false;
        }
        Attribute<Socket> known = conversation.attr(SOCKET);
        if (known.get() == null) {
            known.set(new Socket(channel.fd().intValue()));
        }
        try {
            boolean isSent = send(known.get(), ((DatagramChannel) conversation).isConnected(), datagram, to) > 0;
            if (isSent) {
                datagram.release();
            }
            return isSent;
        } catch (IOException e) {
            datagram.release();
            conversation.pipeline().fireExceptionCaught(e);
            return true;
        }
    }

    private static int send(Socket socket, boolean isConnected, ByteBuf datagram, InetSocketAddress to)
            throws IOException {
        long memory = datagram.memoryAddress();
        int from = datagram.readerIndex();
        int end = datagram.writerIndex();
        return isConnected
                ? socket.sendAddress(memory, from, end)
                : socket.sendToAddress(memory, from, end, to.getAddress(), to.getPort());
    }

    /**
     * Connects the socket to its client, which spares the kernel to look for the way with each datagram. The second socket
     * is there before the first stops to hear others, so that nobody is left unheard.
     *
     * @param beside not yet bound
     * @param settled run when it is connected
     */
    static void settle(Channel conversation, InetSocketAddress client, Bootstrap beside, Runnable settled) {
        if (!(conversation instanceof UnixChannel) || !(conversation.localAddress() instanceof InetSocketAddress own)) {
            return;
        }
        conversation.config().setOption(ChannelOption.SO_REUSEADDR, true);
        ChannelFuture second = beside.bind(own);
        second.addListener(bound -> {
            if (bound.isSuccess() && conversation.isOpen()) {
                conversation.closeFuture().addListener(closed -> second.channel()
                        .close());
                conversation
                        .connect(client)
                        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE)
                        .addListener(connected -> {
                            if (connected.isSuccess()) {
                                settled.run();
                            }
                        });
            } else {
                LOG.debug("{} stays open to all", own, bound.cause());
                second.channel().close();
            }
        });
    }
}
