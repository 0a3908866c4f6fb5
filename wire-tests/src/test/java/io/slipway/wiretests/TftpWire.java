package io.slipway.wiretests;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.sockets.ConversationTaker;
import io.slipway.sockets.DatagramConversation;
import io.slipway.sockets.DatagramDoor;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import io.slipway.tftp.server.TftpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The TFTP server as it ships, at a door in memory; of its transfers the one that was begun last has a port. */
final class TftpWire {

    static final InetSocketAddress CLIENT = new InetSocketAddress(Addresses.parse("192.0.2.77"), 2070);

    private static final InetAddress OWN = Addresses.parse("192.0.2.1");

    /** What happens to datagrams that are not answered, by the names of their counters. */
    private static final List<String> DROPS =
            List.of("malformed", "implausible", "stray", "repeated", "waited", "overloaded");

    /** @param bytes of one datagram */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(byte[] bytes, InetSocketAddress to) {}

    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final Queue<Talk> sockets = new ConcurrentLinkedQueue<>();
    /** Sockets that a lookup's thread is opening, and sends the first answer from. */
    private final AtomicInteger opening = new AtomicInteger();

    private final Door door = new Door();
    private final TftpServer server;

    TftpWire(ServedTree tree) {
        server = new TftpServer(Wired.config(TftpServer.Config.class, Map.of("lookupDeadline", "600000")));
        tree.serveBy(server);
    }

    /** A datagram comes to port 69, and is answered or dropped. */
    List<Sent> atDoor(byte[] datagram, InetSocketAddress from) {
        long before = drops();
        server.received(Unpooled.wrappedBuffer(datagram), from, OWN, door);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while ((sent.isEmpty() && drops() == before) || opening.get() > 0) {
            if (System.nanoTime() > until) {
                throw new AssertionError("neither answered nor counted: " + ByteBufUtil.hexDump(datagram));
            }
            LockSupport.parkNanos(1_000);
        }
        return taken();
    }

    private long drops() {
        Map<String, Long> counts = server.counts();
        return DROPS.stream().mapToLong(counts::get).sum();
    }

    /** A datagram comes to the port of the last transfer, if there is one. */
    List<Sent> atTransfer(byte[] datagram, InetSocketAddress from) {
        sockets.removeIf(socket -> socket.isClosed);
        Talk last = null;
        for (Talk socket : sockets) {
            last = socket;
        }
        if (last != null) {
            last.hear(Unpooled.wrappedBuffer(datagram), from);
        }
        return taken();
    }

    private List<Sent> taken() {
        List<Sent> all = new ArrayList<>();
        for (Sent next = sent.poll(); next != null; next = sent.poll()) {
            all.add(next);
        }
        return all;
    }

    /** Every transfer ends. */
    void reset() {
        sockets.forEach(Talk::close);
        sockets.clear();
        sent.clear();
    }

    private final class Door implements DatagramDoor {

        private final Link link = new Link("eth0", 2, List.of(new LinkAddress(Addresses.parse("192.0.2.1"), 24)), 1500);

        @Override
        public EventExecutor loop() {
            return ImmediateEventExecutor.INSTANCE;
        }

        @Override
        public void send(ByteBuf content, InetSocketAddress to) {
            sent.add(new Sent(ByteBufUtil.getBytes(content), to));
            content.release();
        }

        @Override
        public Future<?> converse(InetAddress local, InetSocketAddress client, ConversationTaker taker) {
            opening.incrementAndGet();
            Talk talk = new Talk(client, taker);
            sockets.add(talk);
            taker.opened(talk);
            opening.decrementAndGet();
            return loop().newSucceededFuture(null);
        }

        @Override
        public ChannelFuture openShared(int port, ChannelHandler handler) {
            throw new UnsupportedOperationException("TFTP has no port that must be this one");
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
        public int port() {
            return 69;
        }

        @Override
        public String transport() {
            return "memory";
        }
    }

    /** The port of a transfer, on an event loop of its own. */
    private final class Talk implements DatagramConversation {

        private final InetSocketAddress client;
        private final ConversationTaker taker;
        private final EmbeddedChannel loop = new EmbeddedChannel();
        private volatile boolean isClosed;

        Talk(InetSocketAddress client, ConversationTaker taker) {
            this.client = client;
            this.taker = taker;
            loop.freezeTime(); // or retransmissions would come among the answers
        }

        void hear(ByteBuf datagram, InetSocketAddress from) {
            if (from.equals(client)) {
                taker.received(datagram);
            } else {
                taker.strange(datagram, from);
            }
            loop.runPendingTasks();
        }

        @Override
        public EventExecutor loop() {
            return loop.eventLoop();
        }

        @Override
        public InetSocketAddress local() {
            return new InetSocketAddress(OWN, 1);
        }

        @Override
        public void send(ByteBuf datagrams, int size) {
            while (datagrams.readableBytes() > size) {
                door.send(datagrams.readRetainedSlice(size), client);
            }
            door.send(datagrams, client);
        }

        @Override
        public void sendTo(ByteBuf datagram, InetSocketAddress stranger) {
            door.send(datagram, stranger);
        }

        @Override
        public void settle() {}

        @Override
        public void close() {
            if (!isClosed) {
                isClosed = true;
                taker.closed();
            }
        }
    }
}
