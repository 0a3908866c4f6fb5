package io.slipway.sockets.internal;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether an event loop that has nothing to do looks for packets or sleeps. To fall asleep and be woken takes as long as
 * a client's answer in a lock-step transfer, so a loop goes on looking for a moment while few conversations are held:
 * with many there is always something to do, and what looks for packets takes a processor that others need.
 */
final class Polling {

    /** The conversations that are open on all loops. */
    private final AtomicInteger conversations = new AtomicInteger();

    private final int few;
    private final long nanos;

    /**
     * @param loops event loops: as many conversations are few
     * @param micros to look for packets after the latest; 0: never
     */
    Polling(int loops, int micros) {
        // A single processor is what the client's packet must be taken from the network with.
        this.few = Runtime.getRuntime().availableProcessors() == 1 ? 0 : loops;
        this.nanos = TimeUnit.MICROSECONDS.toNanos(micros);
    }

    void opened() {
        conversations.incrementAndGet();
    }

    void closed() {
        conversations.decrementAndGet();
    }

    private boolean isWanted() {
        int open = conversations.get();
        return open > 0 && open <= few && nanos > 0;
    }

    /** For one event loop. */
    SelectStrategy strategy() {
        return new LoopStrategy();
    }

    private final class LoopStrategy implements SelectStrategy {

        private long latest = System.nanoTime();
        private boolean hasSlept;

        @Override
        public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
            if (hasTasks) {
                return selectNow.get();
            }
            if (!isWanted()) {
                return SelectStrategy.SELECT;
            }
            int ready = selectNow.get();
            long now = System.nanoTime();
            if (ready > 0 || hasSlept) {
                latest = now;
                hasSlept = false;
            }
            if (ready > 0) {
                return ready;
            }
            if (now - latest < nanos) {
                return SelectStrategy.CONTINUE;
            }
            hasSlept = true;
            return SelectStrategy.SELECT;
        }
    }
}
