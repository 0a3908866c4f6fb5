package io.slipway.http.server;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.slipway.http.server.Counters.Count;
import io.slipway.sockets.StreamDoor;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections that are open, and what they share. Safe for use by many threads. */
final class Connections {

    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private static final String LIMIT = "maximumConnections";
    private static final long CLOSE_MILLIS = 500;

    /** What answers requests now. */
    record Serving(Settings settings, Lookups lookups) {}

    private final BootSide boot;
    private final Counters counters = new Counters();
    private final Complaints complaints = new Complaints();
    private final Map<Channel, Peer> open = new ConcurrentHashMap<>();
    /** Those of them that have sent no whole request, the longest wait first. */
    private final Set<Channel> waiting = new LinkedHashSet<>();

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
        Map<Protocol, Long> spoken = open.values().stream()
                .collect(Collectors.groupingBy(Peer::protocol, TreeMap::new, Collectors.counting()));
        String protocols = spoken.entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%,d %s", each.getValue(), each.getKey()))
                .collect(Collectors.joining(", "));
        return List.of(
                String.format(
                        Locale.ROOT,
                        "Connections: %,d of %,d (maximumConnections)%s",
                        open.size(),
                        serving.settings().maximumConnections(),
                        protocols.isEmpty() ? "" : ": " + protocols),
                serving.lookups().limits());
    }

    /** New settings, for the next request of each connection. */
    void change(Settings settings) {
        Serving before = serving;
        serving = new Serving(settings, new Lookups(boot, settings));
        before.lookups().stop();
    }

    /** A new connection, on its event loop, before anything is read. */
    void accepted(Channel channel, StreamDoor door, Optional<SslHandler> encryption) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)
                || !(channel.localAddress() instanceof InetSocketAddress local)) {
            // It has no addresses when the client left before it was accepted.
            channel.close();
            return;
        }
        Protocol protocol = encryption.isPresent() ? Protocol.HTTPS : Protocol.HTTP;
        Peer peer = new Peer(remote, local, door.link().name(), door.bandwidth(), protocol);
        if (!enter(channel, peer)) {
            channel.close();
            return;
        }
        counters.add(Count.CONNECTIONS);
        waits(channel);
        // Requests are small; what comes ahead of time shall stay in the kernel.
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(512, 2048, 16_384));
        if (encryption.isPresent()) {
            channel.pipeline().addLast(encryption.get(), new Handshake(this, peer, encryption.get()));
        } else {
            // A client that has sent all it has to say still wants the answers.
            channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            addHttp1(channel.pipeline(), peer);
        }
    }

    /** A connection, or a stream of one, since each serves one request at a time; false when there is no room for it. */
    boolean enter(Channel channel, Peer peer) {
        if (stopping || !hasRoom()) {
            return false;
        }
        open.put(channel, peer);
        return true;
    }

    void addHttp2(ChannelPipeline pipeline, Peer peer) {
        Peer spoken = peer.speaking(Protocol.HTTP_2);
        open.put(pipeline.channel(), spoken);
        new Http2Connection(this, spoken).addTo(pipeline);
    }

    void addHttp1(ChannelPipeline pipeline, Peer peer) {
        RequestDecoder decoder = new RequestDecoder();
        pipeline.addLast(decoder, new HttpResponseEncoder(), new Connection(this, peer, decoder));
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
        Optional<Channel> longest = longestWaiting();
        longest.ifPresent(channel -> tell(channel, Stopping.FOR_ANOTHER));
        counters.add(longest.isPresent() ? Count.GAVE_WAY : Count.REFUSED_CONNECTIONS);
        return longest.isPresent();
    }

    /** Whoever opens connections and asks for nothing keeps nobody out. */
    private Optional<Channel> longestWaiting() {
        synchronized (waiting) {
            Optional<Channel> longest = waiting.stream().findFirst();
            longest.ifPresent(waiting::remove);
            return longest;
        }
    }

    /** The connection has no whole request, from now on. */
    void waits(Channel connection) {
        synchronized (waiting) {
            waiting.add(connection);
        }
    }

    /** The connection has one, or is gone. */
    void waitsNoMore(Channel connection) {
        synchronized (waiting) {
            waiting.remove(connection);
        }
    }

    void forget(Channel channel) {
        open.remove(channel);
        waitsNoMore(channel);
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
            tellAll(Stopping.SOON);
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
                tellAll(Stopping.NOW);
                awaitNone(CLOSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        serving.lookups().stop();
    }

    private void tellAll(Stopping stop) {
        open.keySet().forEach(channel -> tell(channel, stop));
    }

    private static void tell(Channel channel, Stopping stop) {
        try {
            channel.eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(stop));
        } catch (RejectedExecutionException e) {
            // The event loop has stopped, and closed the channel as it did.
            LOG.debug("{} was over before it could be stopped", channel.remoteAddress(), e);
        }
    }

    private boolean awaitNone(long millis) throws InterruptedException {
        long until = System.nanoTime() + millis * 1_000_000;
        synchronized (this) {
            while (!open.isEmpty()) {
                long left = until - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
        return true;
    }
}
