package io.slipway.sockets.internal;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.TimeUnit;

/**
 * Whether an event loop that has nothing to do looks for packets or sleeps. To fall asleep and be woken takes as long as
 * a client's answer in a lock-step transfer, so a loop goes on looking for a moment while few conversations are held:
 * with many there is always something to do, and what looks for packets takes a processor that others need.
 */
final class Polling {

    private final Conversations conversations;
    private final int few;
    private final long nanos;

    /**
     * @param loops event loops: as many conversations are few
     * @param micros to look for packets after the latest; 0: never
     */
    Polling(Conversations conversations, int loops, int micros) {
        this.conversations = conversations;
        // A single processor is what the client's packet must be taken from the network with.
        this.few = Runtime.getRuntime().availableProcessors() == 1 ? 0 : loops;
        this.nanos = TimeUnit.MICROSECONDS.toNanos(micros);
    }

    private boolean isWanted() {
        int held = conversations.held();
        return held > 0 && held <= few && nanos > 0;
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
