package io.slipway.tftp.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.slipway.sockets.Bandwidth;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramConversation;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A door on a loopback address with a port of the system's choice. */
final class LoopbackDoor implements DatagramDoor, AutoCloseable {

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final List<Channel> opened = new CopyOnWriteArrayList<>();
    private final Link link;

    /** To which address requests seem to be sent. */
    volatile InetAddress asked;

    volatile Bandwidth bandwidth = Bandwidth.UNLIMITED;

    private final Channel channel;

    LoopbackDoor(InetAddress own, int mtu, DatagramTaker taker) {
        asked = own;
        link = new Link("test0", 1, List.of(address("127.0.0.1"), address("127.0.0.2"), address("127.0.0.3")), mtu);
        channel = bind(own, new SimpleChannelInboundHandler<DatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                        taker.received(packet.content(), packet.sender(), asked, LoopbackDoor.this);
                    }
                })
                .syncUninterruptibly()
                .channel();
    }

    private static LinkAddress address(String text) {
        try {
            return new LinkAddress((Inet4Address) InetAddress.getByName(text), 8);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private ChannelFuture bind(InetAddress local, ChannelHandler handler) {
        return new Bootstrap()
                .group(loops)
                .channel(NioDatagramChannel.class)
                .handler(handler)
                .bind(local, 0);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Whether every socket that was opened for a transfer is closed again. */
    boolean isQuiet() {
        return opened.stream().noneMatch(Channel::isOpen);
    }

    int opened() {
        return opened.size();
    }

    @Override
    public String name() {
        return "tftp";
    }

    @Override
    public Link link() {
        return link;
    }

    @Override
    public Optional<Inet6Address> ipv6() {
        return address().getAddress() instanceof Inet6Address own ? Optional.of(own) : Optional.empty();
    }

    @Override
    public EventExecutor loop() {
        return channel.eventLoop();
    }

    @Override
    public int port() {
        return address().getPort();
    }

    @Override
    public String transport() {
        return "nio";
    }

    @Override
    public Bandwidth bandwidth() {
        return bandwidth;
    }

    @Override
    public ChannelFuture openShared(int port, ChannelHandler handler) {
        throw new UnsupportedOperationException("TFTP has no port that must be this one");
    }

    @Override
    public void send(ByteBuf content, InetSocketAddress to) {
        channel.writeAndFlush(new DatagramPacket(content, to));
    }

    @Override
    public Future<?> converse(InetAddress local, InetSocketAddress client, ConversationTaker taker) {
        ChannelFuture bound = bind(local, new Talk(client, taker));
        opened.add(bound.channel());
        return bound;
    }

    /** A conversation by one of Netty's channels. */
    private static final class Talk extends SimpleChannelInboundHandler<DatagramPacket>
            implements DatagramConversation {

        private final InetSocketAddress client;
        private final ConversationTaker taker;
        private Channel own;

        Talk(InetSocketAddress client, ConversationTaker taker) {
            this.client = client;
            this.taker = taker;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            own = context.channel();
            own.closeFuture().addListener(closed -> taker.closed());
            taker.opened(this);
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
            return own.eventLoop();
        }

        @Override
        public InetSocketAddress local() {
            return (InetSocketAddress) own.localAddress();
        }

        @Override
        public void send(ByteBuf datagrams, int size) {
            while (datagrams.readableBytes() > size) {
                own.write(new DatagramPacket(datagrams.readRetainedSlice(size), client));
            }
            sendTo(datagrams, client);
        }

        @Override
        public void sendTo(ByteBuf datagram, InetSocketAddress stranger) {
            own.writeAndFlush(new DatagramPacket(datagram, stranger));
        }

        @Override
        public void settle() {}

        @Override
        public void close() {
            own.close();
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
