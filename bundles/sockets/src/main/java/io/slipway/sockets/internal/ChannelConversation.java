package io.slipway.sockets.internal;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramConversation;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A conversation through one of Netty's channels, which every platform has. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails reaches exceptionCaught: these promises are void
final class ChannelConversation extends SimpleChannelInboundHandler<DatagramPacket> implements DatagramConversation {

    private final InetSocketAddress client;
    private final ConversationTaker taker;
    private final Promise<Void> opened;
    private final Runnable whenClosed;
    private Channel channel;

    private ChannelConversation(
            InetSocketAddress client, ConversationTaker taker, Promise<Void> opened, Runnable whenClosed) {
        this.client = client;
        this.taker = taker;
        this.opened = opened;
        this.whenClosed = whenClosed;
    }

    /**
     * Opens one.
     *
     * @param sockets what makes its socket, without a handler
     * @param whenClosed run once, when it was opened and is over
     * @return as of {@link io.slipway.sockets.DatagramDoor#converse}
     */
    static Future<?> open(
            Bootstrap sockets,
            InetAddress local,
            InetSocketAddress client,
            ConversationTaker taker,
            Runnable whenClosed) {
        Promise<Void> opened = sockets.config().group().next().newPromise();
        sockets.handler(new ChannelConversation(client, taker, opened, whenClosed))
                .bind(local, 0)
                .addListener(bound -> {
                    if (!bound.isSuccess()) {
                        opened.setFailure(bound.cause());
                    }
                });
        return opened;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        channel = context.channel();
        channel.closeFuture().addListener(closed -> {
            whenClosed.run();
            taker.closed();
        });
        try {
            taker.opened(this);
        } finally {
            opened.setSuccess(null);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        if (packet.sender().equals(client)) {
            taker.received(packet.content());
        } else {
            taker.strange(packet.content(), packet.sender());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        taker.failed(cause);
    }

    @Override
    public EventExecutor loop() {
        return channel.eventLoop();
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public void send(ByteBuf datagrams, int size) {
        while (datagrams.readableBytes() > size) {
            channel.write(new DatagramPacket(datagrams.readRetainedSlice(size), client), channel.voidPromise());
        }
        sendTo(datagrams, client);
    }

    @Override
    public void sendTo(ByteBuf datagram, InetSocketAddress stranger) {
        channel.writeAndFlush(new DatagramPacket(datagram, stranger), channel.voidPromise());
    }

    @Override
    public void settle() {
        // Netty has one socket.
    }

    @Override
    public void close() {
        channel.close();
    }
}
