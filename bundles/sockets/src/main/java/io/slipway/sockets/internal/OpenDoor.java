package io.slipway.sockets.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.slipway.sockets.Bandwidth;
import io.slipway.sockets.Door;
import io.slipway.sockets.Link;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;

/** A door whose socket is bound: hands what arrives to whoever takes it now. */
abstract class OpenDoor extends ChannelInboundHandlerAdapter implements Door {

    private final String name;
    private final EventLoops loops;
    private final Supplier<Optional<Takers.Taker>> taker;
    private volatile Link link;
    private volatile Channel channel;

    OpenDoor(String name, Link link, EventLoops loops, Supplier<Optional<Takers.Taker>> taker) {
        this.name = name;
        this.link = link;
        this.loops = loops;
        this.taker = taker;
    }

    /**
     * Binds a door's socket. Waits for the kernel, which answers at once.
     *
     * @param ipv6 the address to bind to; empty: all of IPv4
     * @throws io.netty.channel.ChannelException or {@link java.io.IOException} (sneaked by Netty) when it cannot be
     *     bound
     */
    static OpenDoor bind(
            Settings.DoorPort door,
            Link link,
            Optional<Inet6Address> ipv6,
            int receiveBuffer,
            EventLoops loops,
            Supplier<Optional<Takers.Taker>> taker) {
        InetAddress address = ipv6.map(InetAddress.class::cast).orElse(EventLoops.ANY_IPV4);
        OpenDoor open =
                switch (door.protocol()) {
                    case UDP -> new OpenDatagramDoor(door.name(), door.isShared(), link, loops, taker);
                    case TCP -> new OpenStreamDoor(door.name(), link, loops, taker);
                };
        open.bind(new InetSocketAddress(address, door.port()), receiveBuffer);
        return open;
    }

    /** Binds the socket, with this as its handler; it reads only while there is a taker. */
    abstract void bind(InetSocketAddress address, int receiveBuffer);

    /** Before anything can come in, which may be before {@link #bind} returns. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    /**
     * Reads while somebody takes; otherwise the kernel queues. One at a time: of two threads that swap takers, the one
     * that looked first must not have the last word.
     */
    synchronized void takerChanged() {
        boolean isTaken = hasTaker();
        if (isTaken) {
            channel.eventLoop().execute(this::handOverKept);
        }
        channel.config().setAutoRead(isTaken);
    }

    /** Ends a pause between two reads. */
    synchronized void readOn() {
        channel.config().setAutoRead(hasTaker());
    }

    /** Hands over what was read when nobody took; on the event loop. */
    void handOverKept() {}

    void see(Link now) {
        link = now;
    }

    void close() {
        channel.close().syncUninterruptibly();
    }

    boolean hasTaker() {
        return taker.get().isPresent();
    }

    Optional<Takers.Taker> taker() {
        return taker.get();
    }

    EventLoops loops() {
        return loops;
    }

    Channel channel() {
        return channel;
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
    public Optional<Inet6Address> ipv6() {
        return local().getAddress() instanceof Inet6Address ipv6 ? Optional.of(ipv6) : Optional.empty();
    }

    @Override
    public int port() {
        return local().getPort();
    }

    private InetSocketAddress local() {
        return (InetSocketAddress) channel.localAddress();
    }

    @Override
    public String transport() {
        return loops.transport();
    }

    @Override
    public Bandwidth bandwidth() {
        return loops.bandwidth();
    }
}
