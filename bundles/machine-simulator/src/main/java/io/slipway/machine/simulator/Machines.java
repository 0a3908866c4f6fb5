package io.slipway.machine.simulator;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The threads and sockets of the machines that are played. */
public final class Machines implements AutoCloseable {

    private static final int DATAGRAM_BYTES = 2048;

    /** What comes in at once, at most: more waits in the socket. */
    private static final int DATAGRAMS_PER_READ = 16;

    /** Bytes that a machine has on the way at a time by HTTP: firmware has no memory to spare, and a thousand have their sum. */
    private static final int WINDOW = 65_536;

    private static final int RECEIVE_BUFFER = 1 << 20;

    /** The address of a machine that leaves it to the kernel. */
    static final InetAddress ANY = new InetSocketAddress(0).getAddress();

    /** SO_BINDTODEVICE, as Netty's native transport wants it told: level, number, bytes. */
    private static final RawUnixChannelOption BIND_TO_DEVICE = new RawUnixChannelOption("SO_BINDTODEVICE", 1, 25, 16);

    private static final SelectStrategy POLL =
            (selectNow, hasTasks) -> hasTasks ? selectNow.get() : SelectStrategy.BUSY_WAIT;

    private final boolean isEpoll = Epoll.isAvailable();
    private final MultiThreadIoEventLoopGroup loops;

    /** @param threads that play all machines */
    public Machines(int threads) {
        this(threads, false);
    }

    /** @param isPolling whether the threads never sleep, as firmware does: each takes a processor */
    Machines(int threads, boolean isPolling) {
        loops = new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory("slipway-machines", true),
                isEpoll
                        ? EpollIoHandler.newFactory(0, isPolling ? () -> POLL : DefaultSelectStrategyFactory.INSTANCE)
                        : NioIoHandler.newFactory());
    }

    /**
     * Reads a file by TFTP.
     *
     * @param local the machine's own address, or 0.0.0.0
     * @param server of IPv4 or IPv6
     * @param expected what the file is to hold, not released; empty to take any file
     * @param seed of the faults
     * @return completes when the file is whole or the machine has given up; does not fail
     */
    public CompletableFuture<Fetched> tftp(
            InetAddress local,
            InetSocketAddress server,
            String path,
            TftpTerms terms,
            ByteBuf expected,
            Faults faults,
            long seed) {
        TftpFetch fetch = new TftpFetch(server, path, terms, expected, faults, seed);
        ChannelFuture bound =
                datagram(server.getAddress(), terms).handler(fetch).bind(local, 0);
        bound.addListener(opened -> tellFailure(opened, fetch.done()));
        return fetch.done();
    }

    /**
     * Reads a file by HTTP.
     *
     * @param local the machine's own address, or 0.0.0.0
     * @param url with the address of the server
     * @param expected what the file is to hold, not released; empty to take any file
     * @param patience with a server that says nothing
     * @return completes when the file is whole or the machine has given up; does not fail
     */
    public CompletableFuture<Fetched> http(InetAddress local, URI url, ByteBuf expected, Duration patience) {
        HttpFetch fetch = new HttpFetch(url.getAuthority(), url.getRawPath(), expected, patience);
        ChannelFuture connected = new Bootstrap()
                .group(loops)
                .channel(isEpoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
                .option(ChannelOption.SO_RCVBUF, WINDOW)
                .handler(fetch)
                .connect(
                        new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort()),
                        local.isAnyLocalAddress() ? null : new InetSocketAddress(local, 0));
        connected.addListener(opened -> tellFailure(opened, fetch.done()));
        return fetch.done();
    }

    private static void tellFailure(Future<?> opened, CompletableFuture<Fetched> done) {
        if (!opened.isSuccess()) {
            done.complete(new Fetched(0, Duration.ZERO, 0, Optional.of("no socket: " + opened.cause())));
        }
    }

    /**
     * The DHCP clients of the machines of an interface.
     *
     * @throws IOException when there is no such interface, or its port 68 cannot be had
     */
    DhcpSocket dhcp(String link) throws IOException {
        DhcpSocket socket = new DhcpSocket();
        if (!isEpoll) {
            throw new IOException("without the native transport a socket cannot be bound to an interface");
        }
        ByteBuffer name = ByteBuffer.allocate(16);
        name.put(link.getBytes(StandardCharsets.US_ASCII));
        name.clear();
        ChannelFuture bound = new Bootstrap()
                .group(loops)
                .channel(EpollDatagramChannel.class)
                .option(BIND_TO_DEVICE, name)
                .option(ChannelOption.SO_BROADCAST, true)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, DATAGRAM_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(DATAGRAM_BYTES * DATAGRAMS_PER_READ).maxMessagesPerRead(1))
                .handler(socket)
                .bind(68)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("port 68 of " + link + ": " + bound.cause().getMessage(), bound.cause());
        }
        return socket;
    }

    private Bootstrap datagram(InetAddress server, TftpTerms terms) {
        SocketProtocolFamily family =
                server instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
        int read = Math.max(DATAGRAM_BYTES, terms.blockSize() + 64);
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channelFactory(() -> isEpoll ? new EpollDatagramChannel(family) : new NioDatagramChannel(family))
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER);
        if (isEpoll && terms.windowSize() > 1) {
            // A window is read with one system call.
            return bootstrap
                    .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, read)
                    .option(
                            ChannelOption.RECVBUF_ALLOCATOR,
                            new FixedRecvByteBufAllocator(read * DATAGRAMS_PER_READ).maxMessagesPerRead(1));
        }
        return bootstrap.option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(read).maxMessagesPerRead(1));
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
