package io.slipway.sockets.internal;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.slipway.sockets.Bandwidth;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramConversation;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that move bytes, and how a socket of theirs is made. */
final class EventLoops implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventLoops.class);

    /** Linux's SOL_SOCKET and SO_BINDTODEVICE, and the longest interface name with its NUL (IFNAMSIZ). */
    static final RawUnixChannelOption BIND_TO_DEVICE = new RawUnixChannelOption("SO_BINDTODEVICE", 1, 25, 16);

    static final InetAddress ANY_IPV4 = new InetSocketAddress("0.0.0.0", 0).getAddress();

    /** What is read at once from a socket; a DHCP packet and a TFTP request fit one Ethernet frame. */
    private static final int DATAGRAM_BYTES = DatagramConversation.LONGEST_RECEIVED;

    private static final int DATAGRAMS_PER_READ = 16;

    /**
     * What a listening socket gives in one round of its event loop, which may have a thousand transfers to serve in each:
     * requests that wait for many rounds are asked again and again.
     */
    static final int DATAGRAMS_PER_ROUND = 128;

    /** In bytes: a client's answers, and the window of one that uploads. */
    static final int CONVERSATION_RECEIVE_BUFFER = 65_536;

    /** Connections that the kernel keeps until they are accepted; it allows at most net.core.somaxconn. */
    private static final int BACKLOG = 4096;

    private final boolean epoll;
    private final Conversations conversations;
    private final Bandwidth bandwidth;
    private final MultiThreadIoEventLoopGroup group;
    /** Empty: conversations are held through Netty's channels. */
    private final Optional<NativeSockets> natives;

    private final DirectSockets direct = new DirectSockets();

    EventLoops(Settings settings) {
        epoll = switch (settings.transport()) {
            case EPOLL -> requireEpoll();
            case AUTO -> Epoll.isAvailable();
            case NIO -> false;
        };
        if (!epoll && settings.interfaces().size() > 1) {
            throw new IllegalArgumentException("etc/" + SocketOwner.PID + ".cfg: interfaces = "
                    + String.join(", ", settings.interfaces())
                    + "; expected one interface, because without the native epoll transport a socket cannot be bound"
                    + " to an interface");
        }
        bandwidth = settings.bandwidth().isEmpty() && settings.subnetBandwidth().isEmpty()
                ? Bandwidth.UNLIMITED
                : new SharedBandwidth(settings.bandwidth(), settings.subnetBandwidth(), System::nanoTime);
        conversations = new Conversations();
        Polling polling = new Polling(conversations, settings.threads(), settings.polling());
        natives = epoll ? nativeSockets() : Optional.empty();
        IoHandlerFactory handler = epoll ? EpollIoHandler.newFactory(0, polling::strategy) : NioIoHandler.newFactory();
        group = new MultiThreadIoEventLoopGroup(
                settings.threads(), new DefaultThreadFactory("slipway-sockets", true), handler);
        group.forEach(loop -> conversations.add((EventLoop) loop));
        LOG.debug("{} event loops, transport {}", settings.threads(), transport());
    }

    private static boolean requireEpoll() {
        if (!Epoll.isAvailable()) {
            throw new IllegalArgumentException(
                    "etc/" + SocketOwner.PID + ".cfg: transport = epoll; expected auto or nio, because the native"
                            + " transport cannot be loaded: " + Epoll.unavailabilityCause(),
                    Epoll.unavailabilityCause());
        }
        return true;
    }

    private static Optional<NativeSockets> nativeSockets() {
        ReusedBuffer memory = new ReusedBuffer(DATAGRAM_BYTES);
        ByteBuf any = memory.next();
        boolean hasAddress = any.hasMemoryAddress(); // not where Java keeps memory's addresses to itself
        any.release();
        return hasAddress
                ? Optional.of(new NativeSockets(
                        memory, new Segmentation(EpollDatagramChannel.isSegmentedDatagramPacketSupported())))
                : Optional.empty();
    }

    String transport() {
        return epoll ? "epoll" : "nio";
    }

    DirectSockets direct() {
        return direct;
    }

    /** A socket is of one protocol: through one of both each packet of IPv4 takes the way of IPv6 first. */
    static SocketProtocolFamily family(InetAddress local) {
        return local instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    /**
     * A UDP socket of one interface, not yet bound to a port.
     *
     * @param local an address of its protocol
     */
    Bootstrap datagram(String device, InetAddress local, int receiveBuffer, ChannelHandler handler) {
        return datagram(group, device, local, receiveBuffer).handler(handler);
    }

    private Bootstrap datagram(EventLoopGroup loops, String device, InetAddress local, int receiveBuffer) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channelFactory(
                        () -> epoll ? new EpollDatagramChannel(family(local)) : new NioDatagramChannel(family(local)))
                // IPv6 knows no broadcast, and Netty warns of one at an address of one's own.
                .option(ChannelOption.SO_BROADCAST, local instanceof Inet4Address)
                .option(ChannelOption.SO_RCVBUF, receiveBuffer)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(DATAGRAM_BYTES).maxMessagesPerRead(DATAGRAMS_PER_READ));
        if (epoll) {
            bootstrap.option(BIND_TO_DEVICE, deviceName(device));
        }
        return bootstrap;
    }

    /**
     * The same for a socket on which many ask at once: one system call reads what has come (recvmmsg), and each datagram
     * tells to which address it was sent, where the transport can. Netty's can not with IPv6, where a socket has one
     * address.
     */
    Bootstrap listeningDatagram(String device, InetAddress local, int receiveBuffer, ChannelHandler handler) {
        Bootstrap bootstrap = datagram(device, local, receiveBuffer, handler);
        if (epoll) {
            bootstrap
                    .option(EpollChannelOption.IP_RECVORIGDSTADDR, true)
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(DATAGRAM_BYTES * DATAGRAMS_PER_READ)
                                    .maxMessagesPerRead(DATAGRAMS_PER_ROUND));
        }
        return bootstrap;
    }

    /**
     * Opens a UDP socket for one conversation.
     *
     * @return as of {@link io.slipway.sockets.DatagramDoor#converse}
     */
    Future<?> converse(String device, InetAddress local, InetSocketAddress client, ConversationTaker taker) {
        Conversations.Place place = conversations.next();
        Future<?> opened = natives.isPresent()
                ? NativeConversation.open(
                        (IoEventLoop) place.loop(), natives.get(), device, local, client, taker, place::free)
                : ChannelConversation.open(
                        datagram(place.loop(), device, local, CONVERSATION_RECEIVE_BUFFER),
                        local,
                        client,
                        taker,
                        place::free);
        return opened.addListener(done -> {
            if (!done.isSuccess()) {
                place.free();
            }
        });
    }

    Bandwidth bandwidth() {
        return bandwidth;
    }

    /** A TCP socket of one interface that will listen, not yet bound to a port. */
    ServerBootstrap listening(String device, InetAddress local, ChannelHandler handler) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channelFactory(() -> listening(family(local)))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                // A restart must not wait for the connections of before to leave TIME_WAIT.
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .handler(handler);
        if (epoll) {
            bootstrap.option(BIND_TO_DEVICE, deviceName(device));
        }
        return bootstrap;
    }

    private ServerChannel listening(SocketProtocolFamily family) {
        return epoll
                ? new EpollServerSocketChannel(family)
                : new NioServerSocketChannel(SelectorProvider.provider(), family);
    }

    static ByteBuffer deviceName(String device) {
        ByteBuffer name = ByteBuffer.allocate(16);
        name.put(device.getBytes(StandardCharsets.US_ASCII));
        name.clear();
        return name;
    }

    /** Begins to end the threads. What they still have in hand gets a second. */
    @Override
    public void close() {
        direct.close();
        // Without any quiet time Netty may leave out the round in which a loop closes its sockets.
        Future<?> ended = group.shutdownGracefully(1, 1000, TimeUnit.MILLISECONDS);
        if (!ended.awaitUninterruptibly(2, TimeUnit.SECONDS)) {
            LOG.debug("event loops are still ending");
        }
    }
}
