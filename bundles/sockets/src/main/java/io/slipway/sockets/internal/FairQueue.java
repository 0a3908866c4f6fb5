package io.slipway.sockets.internal;

import io.netty.util.concurrent.EventExecutor;
import io.slipway.sockets.Bandwidth;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One limit of the bandwidth. Of those who wait, the machine that had least is served next (start-time fair queueing): a
 * lock-step client of 512 bytes a turn is not kept behind a dozen connections that take as much as they are given. Safe
 * for use by many threads.
 */
final class FairQueue {

    private static final Logger LOG = LoggerFactory.getLogger(FairQueue.class);

    /** What was not used for so long may be made up for. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long TELLING_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int FEW = 64;

    private final String name;
    private final long bytesPerSecond;
    private final LongSupplier clock;

    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::start).thenComparingLong(Waiting::number));
    /** Up to where each machine has had its share, in bytes of {@link #served}; none: up to there. */
    private final Map<InetAddress, Long> shares = new HashMap<>();

    private int manyShares = FEW;
    /** Where the machine began that was served last: one that has not sent for a while begins here. */
    private long served;
    /** When what was granted is sent. */
    private long free;

    private long number;
    private boolean isServing;
    private long tellAt;

    private long secondBegan;
    private long thisSecond;
    private long lastSecond;

    /** @param start where it stands among the others: how much its machine had before */
    private record Waiting(long start, long number, long bytes, Runnable turn) {}

    FairQueue(String name, long bytesPerSecond, LongSupplier clock) {
        this.name = name;
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
        this.free = clock.getAsLong();
        this.tellAt = free;
        this.secondBegan = free;
    }

    String name() {
        return name;
    }

    /**
     * Asks for a turn.
     *
     * @param turn run on some event loop when it has come
     * @return true: it has come already
     */
    boolean enter(InetAddress client, long bytes, EventExecutor loop, Runnable turn) {
        boolean tells;
        synchronized (this) {
            long now = clock.getAsLong();
            long start = Math.max(served, shares.getOrDefault(client, served));
            shares.put(client, start + bytes);
            if (waiting.isEmpty() && free - now <= 0) {
                grant(start, bytes, now);
                return true;
            }
            waiting.add(new Waiting(start, number++, bytes, turn));
            if (!isServing) {
                isServing = true;
                serveLater(loop, now);
            }
            tells = now - tellAt >= 0;
            if (tells) {
                tellAt = now + TELLING_NANOS;
            }
        }
        if (tells) {
            LOG.info(
                    "{} is used up, machines that fetch have equal shares of it: if the network carries more than {}"
                            + " bytes a second, raise it in etc/{}.cfg",
                    name,
                    bytesPerSecond,
                    SocketOwner.PID);
        }
        return false;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is never called off
    private void serveLater(EventExecutor loop, long now) {
        loop.schedule(() -> serve(loop), Math.max(0, free - now), TimeUnit.NANOSECONDS);
    }

    private void serve(EventExecutor loop) {
        List<Runnable> turns = new ArrayList<>();
        synchronized (this) {
            long now = clock.getAsLong();
            while (!waiting.isEmpty() && free - now <= 0) {
                Waiting next = waiting.remove();
                grant(next.start(), next.bytes(), now);
                turns.add(next.turn());
            }
            isServing = !waiting.isEmpty();
            if (isServing) {
                serveLater(loop, now);
            }
        }
        turns.forEach(Runnable::run);
    }

    private void grant(long start, long bytes, long now) {
        served = start;
        free = Math.max(free, now - BURST_NANOS) + (long) (bytes * 1e9 / bytesPerSecond);
        count(bytes, now);
        forgetShares();
    }

    /** Who is not ahead of where all begin is as good as unknown. */
    private void forgetShares() {
        if (shares.size() > manyShares) {
            shares.values().removeIf(share -> share <= served);
            manyShares = Math.max(FEW, 2 * shares.size());
        }
    }

    private void count(long bytes, long now) {
        long seconds = (now - secondBegan) / SECOND;
        if (seconds > 0) {
            lastSecond = seconds == 1 ? thisSecond : 0;
            thisSecond = 0;
            secondBegan += seconds * SECOND;
        }
        thisSecond += bytes;
    }

    synchronized Bandwidth.Limit limit() {
        count(0, clock.getAsLong());
        return new Bandwidth.Limit(name, bytesPerSecond, lastSecond, waiting.size());
    }
}
