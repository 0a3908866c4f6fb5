package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.Link;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A door whose socket is bound: hands what arrives to whoever takes it now. */
final class OpenDoor extends ChannelInboundHandlerAdapter implements DatagramDoor {

    private static final Logger LOG = LoggerFactory.getLogger(OpenDoor.class);

    /** A transfer's socket gets acknowledgements only. */
    private static final int TRANSFER_RECEIVE_BUFFER = 65_536;

    private final String name;
    private final EventLoops loops;
    private final Supplier<Optional<DatagramTaker>> taker;
    /** What was read when nobody took: Netty ends a read that it has begun. On the event loop only. */
    private final Queue<DatagramPacket> kept = new ArrayDeque<>();

    private volatile Link link;
    private volatile Channel channel;

    private OpenDoor(String name, Link link, EventLoops loops, Supplier<Optional<DatagramTaker>> taker) {
        this.name = name;
        this.link = link;
        this.loops = loops;
        this.taker = taker;
    }

    /**
     * Binds a door's socket. Waits for the kernel, which answers at once.
     *
     * @throws io.netty.channel.ChannelException or {@link java.io.IOException} (sneaked by Netty) when it cannot be bound
     */
    static OpenDoor bind(
            Settings.DoorPort door,
            Link link,
            int receiveBuffer,
            EventLoops loops,
            Supplier<Optional<DatagramTaker>> taker) {
        OpenDoor open = new OpenDoor(door.name(), link, loops, taker);
        boolean reading = taker.get().isPresent();
        loops.datagram(link.name(), receiveBuffer, open)
                .option(io.netty.channel.ChannelOption.AUTO_READ, reading)
                .bind(new InetSocketAddress("0.0.0.0", door.port()))
                .syncUninterruptibly();
        return open;
    }

    /** Before the first packet can come, which may be before {@link #bind} returns. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    /**
     * Reads while somebody takes; otherwise the kernel queues. One at a time: of two threads that swap takers, the one
     * that looked first must not have the last word.
     */
    synchronized void takerChanged() {
        boolean isTaken = taker.get().isPresent();
        if (isTaken) {
            channel.eventLoop().execute(this::handOverKept);
        }
        channel.config().setAutoRead(isTaken);
    }

    void see(Link now) {
        link = now;
    }

    void close() {
        channel.close().syncUninterruptibly();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        Optional<DatagramTaker> present = taker.get();
        if (present.isPresent()) {
            handOver(packet, present.get());
        } else if (kept.size() < EventLoops.DATAGRAMS_PER_READ) {
            kept.add(packet);
        } else {
            packet.release();
        }
    }

    private void handOverKept() {
        Optional<DatagramTaker> present = taker.get();
        while (present.isPresent() && !kept.isEmpty()) {
            handOver(kept.remove(), present.get());
        }
    }

    private void handOver(DatagramPacket packet, DatagramTaker present) {
        try {
            present.received(packet.content(), packet.sender(), this);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} on {}: a packet from {} was lost, its taker failed", name, link.name(), packet.sender(), e);
        } finally {
            packet.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        kept.forEach(DatagramPacket::release);
        kept.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("{} on {}: {}", name, link.name(), cause.toString());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public String transport() {
        return loops.transport();
    }

    @Override
    public void send(ByteBuf content, InetSocketAddress to) {
        channel.writeAndFlush(new DatagramPacket(content, to)).addListener(sent -> {
            if (!sent.isSuccess()) {
                LOG.debug("{} on {}: cannot send to {}: {}", name, link.name(), to, sent.cause().toString());
            }
        });
    }

    @Override
    public ChannelFuture open(ChannelHandler handler) {
        return loops.datagram(link.name(), TRANSFER_RECEIVE_BUFFER, handler)
                .bind(new InetSocketAddress("0.0.0.0", 0));
    }
}
