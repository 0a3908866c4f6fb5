package io.slipway.tftp.server;

import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells when what was sent last has not been answered in time. Almost every timer would be cancelled by an ACK, so a
 * running one is kept, and looks again when it fires too soon. For one event loop.
 */
final class SilenceTimer {

    private final Backoff backoff;
    private final LongSupplier sentAt;
    private final Runnable whenSilent;
    private Optional<Future<?>> timer = Optional.empty();
    private long timerAt;

    /** @param sentAt when something was sent last, as {@link System#nanoTime} counts */
    SilenceTimer(Backoff backoff, LongSupplier sentAt, Runnable whenSilent) {
        this.backoff = backoff;
        this.sentAt = sentAt;
        this.whenSilent = whenSilent;
    }

    /** Something was sent. Need not be told again while {@link Backoff#nanos} is the same. */
    void sent(EventExecutor loop) {
        arm(loop, sentAt.getAsLong() + backoff.nanos());
    }

    void cancel() {
        timer.ifPresent(running -> running.cancel(false));
    }

    private void arm(EventExecutor loop, long due) {
        if (timer.isPresent()) {
            if (timerAt - due <= 0) {
                return;
            }
            timer.get().cancel(false);
        }
        timerAt = due;
        timer = Optional.of(
                loop.schedule(() -> fired(loop), Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS));
    }

    private void fired(EventExecutor loop) {
        timer = Optional.empty();
        long due = sentAt.getAsLong() + backoff.nanos();
        if (System.nanoTime() - due < 0) {
            arm(loop, due);
        } else {
            whenSilent.run();
        }
    }
}
