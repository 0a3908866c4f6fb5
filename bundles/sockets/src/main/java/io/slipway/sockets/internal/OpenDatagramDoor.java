package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.concurrent.EventExecutor;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.DatagramTaker;
import io.slipway.sockets.DirectWay;
import io.slipway.sockets.Link;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open UDP door. */
final class OpenDatagramDoor extends OpenDoor implements DatagramDoor {

    private static final Logger LOG = LoggerFactory.getLogger(OpenDatagramDoor.class);

    /** A read that is under way may end with a second system call. */
    private static final int MOST_KEPT = 2 * EventLoops.DATAGRAMS_PER_ROUND;

    /**
     * Under load a read waits until this has passed since the former: what has come meanwhile is read at once, handed on
     * with one wake-up, and answered with one system call. Microseconds.
     */
    private static final long GATHERED_MICROS = 2000;

    /**
     * What a pause let pile up leaves spread out: the receive buffer of a relay or of a client's kernel holds some 200
     * replies. So many at once, or {@link #SPREAD a fraction} of all that wait if that is more, and the rest a
     * millisecond later.
     */
    static final int BURST = 32;

    private static final int SPREAD = 8;

    /** What was read when nobody took: Netty ends a read that it has begun. On the event loop only. */
    private final Queue<DatagramPacket> kept = new ArrayDeque<>();

    /** What other threads want sent. */
    private final Queue<DatagramPacket> outgoing = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean isSending = new AtomicBoolean();

    /** What leaves with the next bursts; on the event loop only. */
    private final Queue<DatagramPacket> leaving = new ArrayDeque<>();

    /** Whether a next burst is planned; on the event loop only. */
    private boolean isSpreading;

    private final boolean isShared;

    /** As {@link System#nanoTime} counts; on the event loop only, as is the number below. */
    private long lastRead = System.nanoTime();

    /** Datagrams of the read that is under way. */
    private int read;

    /** Whether a source address that is not the kernel's choice can be had; on the event loop only. */
    private boolean hasSourceChoice = true;

    /** @param isShared whether other programs that share the port, too, may have it */
    OpenDatagramDoor(
            String name, boolean isShared, Link link, EventLoops loops, Supplier<Optional<Takers.Taker>> taker) {
        super(name, link, loops, taker);
        this.isShared = isShared;
    }

    @Override
    void bind(InetSocketAddress address, int receiveBuffer) {
        loops().listeningDatagram(link().name(), address.getAddress(), receiveBuffer, this)
                .option(ChannelOption.AUTO_READ, hasTaker())
                .option(ChannelOption.SO_REUSEADDR, isShared)
                .bind(address)
                .syncUninterruptibly();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        read++;
        if (taker().orElse(null) instanceof Takers.Datagrams present) {
            handOver(packet, present.taker());
        } else if (kept.size() < MOST_KEPT) {
            kept.add(packet);
        } else {
            packet.release();
        }
    }

    @Override
    void handOverKept() {
        if (taker().orElse(null) instanceof Takers.Datagrams present) {
            tellOpened(present.taker());
        }
        while (!kept.isEmpty() && taker().orElse(null) instanceof Takers.Datagrams present) {
            handOver(kept.remove(), present.taker());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        long now = System.nanoTime();
        boolean isLoaded = !isConversing() && now - lastRead < TimeUnit.MICROSECONDS.toNanos(GATHERED_MICROS);
        lastRead = now;
        boolean isAll = read < EventLoops.DATAGRAMS_PER_ROUND;
        read = 0;
        if (isLoaded && isAll && hasTaker()) {
            channel().config().setAutoRead(false);
            // Nothing waits for it: a channel that is closed meanwhile reads no more.
            Future<?> unused = context.executor().schedule(this::readOn, GATHERED_MICROS, TimeUnit.MICROSECONDS);
        }
    }

    private boolean isConversing() {
        return taker().orElse(null) instanceof Takers.Datagrams present
                && present.taker().isConversing();
    }

    private void tellOpened(DatagramTaker present) {
        try {
            present.opened(this);
        } catch (RuntimeException | LinkageError e) {
            LOG.error(
                    "{} on {}: its taker failed when it was told that the door is open: this is a fault of the bundle"
                            + " that answers there; report it with data/log/traces.log",
                    name(),
                    link().name(),
                    e);
        }
    }

    private void handOver(DatagramPacket packet, DatagramTaker present) {
        try {
            present.received(
                    packet.content(), packet.sender(), packet.recipient().getAddress(), this);
        } catch (RuntimeException | LinkageError e) {
            LOG.error(
                    "{} on {}: a packet from {} was lost, its taker failed: this is a fault of the bundle that answers"
                            + " there; report it with data/log/traces.log",
                    name(),
                    link().name(),
                    packet.sender(),
                    e);
        } finally {
            packet.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        kept.forEach(DatagramPacket::release);
        kept.clear();
        leaving.forEach(DatagramPacket::release);
        leaving.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("{} on {}: {}", name(), link().name(), cause.toString());
    }

    @Override
    public EventExecutor loop() {
        return channel().eventLoop();
    }

    /** One task on the event loop sends all that gathers until it runs: a system call and a wake-up for many. */
    @Override
    public void send(ByteBuf content, InetSocketAddress to) {
        send(new DatagramPacket(content, to));
    }

    @Override
    public void send(ByteBuf content, Inet4Address from, InetSocketAddress to) {
        boolean isKernelsChoice = link().address().filter(from::equals).isPresent();
        // Netty does not look at the sender of what it sends
        send(isKernelsChoice ? new DatagramPacket(content, to) : new DatagramPacket(content, to, senderOf(from)));
    }

    private InetSocketAddress senderOf(Inet4Address from) {
        return new InetSocketAddress(from, port());
    }

    private void send(DatagramPacket packet) {
        outgoing.add(packet);
        if (isSending.compareAndSet(false, true)) {
            try {
                channel().eventLoop().execute(this::sendAll);
            } catch (RejectedExecutionException e) {
                discardOutgoing();
                LOG.debug("{} on {}: the server stops, nothing is sent any more", name(), link().name());
            }
        }
    }

    private void sendAll() {
        // Before the queue is looked at: what is added from now on either is seen below or begins a new task.
        isSending.set(false);
        for (DatagramPacket packet = outgoing.poll(); packet != null; packet = outgoing.poll()) {
            leaving.add(packet);
        }
        if (!isSpreading) {
            sendBurst();
        }
    }

    private void sendNextBurst() {
        isSpreading = false;
        sendBurst();
    }

    private void sendBurst() {
        int burst = isConversing() ? leaving.size() : Math.max(BURST, leaving.size() / SPREAD);
        for (int i = 0; i < burst && !leaving.isEmpty(); i++) {
            DatagramPacket packet = leaving.remove();
            if (packet.sender() != null && sendFrom(packet)) {
                packet.release();
                continue;
            }
            InetSocketAddress to = packet.recipient();
            channel().write(packet).addListener(sent -> {
                if (!sent.isSuccess()) {
                    LOG.debug(
                            "{} on {}: cannot send to {}: {}",
                            name(),
                            link().name(),
                            to,
                            sent.cause().toString());
                }
            });
        }
        channel().flush();
        if (!leaving.isEmpty()) {
            isSpreading = true;
            // Nothing waits for it: what a loop that ends leaves undone is not sent any more.
            Future<?> unused = channel().eventLoop().schedule(this::sendNextBurst, 1, TimeUnit.MILLISECONDS);
        }
    }

    /** On the event loop, which alone closes the socket. */
    private boolean sendFrom(DatagramPacket packet) {
        if (!hasSourceChoice || !channel().isOpen() || !(channel() instanceof UnixChannel socket)) {
            return false;
        }
        Inet4Address from = (Inet4Address) packet.sender().getAddress();
        try {
            return SourceChoice.send(
                    socket.fd().intValue(), link().index(), packet.content(), from, packet.recipient());
        } catch (LinkageError e) {
            hasSourceChoice = false;
            LOG.warn(
                    "{} on {}: replies that are broadcast have the interface's first address, not {}, as their source:"
                            + " the native part of JNA cannot be loaded ({}); let programs run in the temporary"
                            + " folder, or name another one with -Djna.tmpdir in EXTRA_JAVA_OPTS",
                    name(),
                    link().name(),
                    from.getHostAddress(),
                    e.getMessage());
            return false;
        }
    }

    @Override
    public Optional<String> obstacle(DirectWay way) {
        return loops().direct().obstacle(way, link());
    }

    @Override
    public boolean sendDirect(
            ByteBuf content, DirectWay way, Inet4Address from, InetSocketAddress to, byte[] ethernet) {
        Link link = link();
        if (ethernet.length != DirectSockets.ETHERNET_BYTES || !(to.getAddress() instanceof Inet4Address address)) {
            return false;
        }
        return switch (way) {
            case FRAME ->
                Ipv4Datagram.length(content) <= link.mtu()
                        && loops().direct()
                                .sendFrame(
                                        link, Ipv4Datagram.of(content, from, port(), address, to.getPort()), ethernet);
            case ARP -> {
                // to an address beyond the subnet the kernel would ask a router's way
                boolean isTold =
                        link.near(address).isPresent() && loops().direct().tellArp(link, address, ethernet);
                if (isTold) {
                    send(content.retainedSlice(), from, to);
                }
                yield isTold;
            }
        };
    }

    private void discardOutgoing() {
        for (DatagramPacket packet = outgoing.poll(); packet != null; packet = outgoing.poll()) {
            packet.release();
        }
    }

    @Override
    public io.netty.util.concurrent.Future<?> converse(
            InetAddress local, InetSocketAddress client, ConversationTaker taker) {
        return loops().converse(link().name(), local, client, taker);
    }

    @Override
    public ChannelFuture openShared(int port, ChannelHandler handler) {
        return loops().datagram(link().name(), EventLoops.ANY_IPV4, EventLoops.CONVERSATION_RECEIVE_BUFFER, handler)
                .option(ChannelOption.SO_REUSEADDR, true)
                .bind(new InetSocketAddress(EventLoops.ANY_IPV4, port));
    }
}
