package io.slipway.http.server;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.slipway.http.server.Counters.Count;
import io.slipway.sockets.StreamDoor;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections that are open, and what they share. Safe for use by many threads. */
final class Connections {

    private static final String LIMIT = "maximumConnections";
    private static final long CLOSE_MILLIS = 500;

    /** What answers requests now. */
    record Serving(Settings settings, Lookups lookups) {}

    private final BootSide boot;
    private final Counters counters = new Counters();
    private final Complaints complaints = new Complaints();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** Those of them that have sent no whole request, the longest wait first. */
    private final Set<Connection> waiting = new LinkedHashSet<>();

    private volatile Serving serving;
    private volatile boolean stopping;
    private long stoppingSince;

    Connections(BootSide boot, Settings settings) {
        this.boot = boot;
        this.serving = new Serving(settings, new Lookups(boot, settings));
    }

    BootSide boot() {
        return boot;
    }

    Counters counters() {
        return counters;
    }

    Complaints complaints() {
        return complaints;
    }

    Serving serving() {
        return serving;
    }

    boolean isStopping() {
        return stopping;
    }

    int active() {
        return open.size();
    }

    /** The limits beside their use. */
    List<String> limits() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Connections: %,d of %,d (maximumConnections)",
                        open.size(),
                        serving.settings().maximumConnections()),
                serving.lookups().limits());
    }

    /** New settings, for the next request of each connection. */
    void change(Settings settings) {
        Serving before = serving;
        serving = new Serving(settings, new Lookups(boot, settings));
        before.lookups().stop();
    }

    /** A new connection, on its event loop, before anything is read. */
    void accepted(Channel channel, StreamDoor door) {
        if (stopping
                || !(channel.remoteAddress() instanceof InetSocketAddress remote)
                || !(channel.localAddress() instanceof InetSocketAddress local)
                || !hasRoom()) {
            // It has no addresses when the client left before it was accepted.
            channel.close();
            return;
        }
        counters.add(Count.CONNECTIONS);
        RequestDecoder decoder = new RequestDecoder();
        Connection connection =
                new Connection(this, new Peer(remote, local, door.link().name(), door.bandwidth()), decoder);
        open.add(connection);
        waits(connection);
        // A client that has sent all it has to say still wants the answers.
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        // Requests are small; what comes ahead of time shall stay in the kernel.
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(512, 2048, 16_384));
        channel.pipeline().addLast(decoder, new HttpResponseEncoder(), connection);
    }

    private boolean hasRoom() {
        int limit = serving.settings().maximumConnections();
        if (open.size() < limit) {
            return true;
        }
        complaints.complain(
                LIMIT,
                limit + " HTTP connections at a time is the limit, for further ones those without a request are"
                        + " closed: raise maximumConnections in etc/io.slipway.http.server.cfg");
        Optional<Connection> longest = longestWaiting();
        longest.ifPresent(Connection::giveWay);
        counters.add(longest.isPresent() ? Count.GAVE_WAY : Count.REFUSED_CONNECTIONS);
        return longest.isPresent();
    }

    /** Whoever opens connections and asks for nothing keeps nobody out. */
    private Optional<Connection> longestWaiting() {
        synchronized (waiting) {
            Optional<Connection> longest = waiting.stream().findFirst();
            longest.ifPresent(waiting::remove);
            return longest;
        }
    }

    /** The connection has no whole request, from now on. */
    void waits(Connection connection) {
        synchronized (waiting) {
            waiting.add(connection);
        }
    }

    /** The connection has one, or is gone. */
    void waitsNoMore(Connection connection) {
        synchronized (waiting) {
            waiting.remove(connection);
        }
    }

    void forget(Connection connection) {
        open.remove(connection);
        waitsNoMore(connection);
        if (open.size() <= serving.settings().maximumConnections() / 2) {
            complaints.settle(LIMIT);
        }
        synchronized (this) {
            notifyAll();
        }
    }

    /** Takes no further request; answers that are under way go on. */
    synchronized void takeNoMore() {
        if (!stopping) {
            stopping = true;
            stoppingSince = System.nanoTime();
            open.forEach(connection -> connection.stopSoon(false));
        }
    }

    /**
     * Lets answers end for a while, counted from when no more requests were taken, then ends them, which takes half a
     * second at most.
     */
    void stop(long graceMillis) {
        takeNoMore();
        try {
            if (!awaitNone(graceMillis - (System.nanoTime() - stoppingSince) / 1_000_000)) {
                open.forEach(connection -> connection.stopSoon(true));
                awaitNone(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        serving.lookups().stop();
    }

    private boolean awaitNone(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        synchronized (this) {
            while (!open.isEmpty()) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
        }
        return true;
    }
}
