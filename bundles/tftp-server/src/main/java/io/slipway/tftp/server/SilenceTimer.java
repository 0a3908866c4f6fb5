package io.slipway.tftp.server;

import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Tells when what was sent last has not been answered in time. Almost every timer would be cancelled by an ACK, so a
 * running one is kept, and looks again when it fires too soon. For one event loop.
 */
final class SilenceTimer {

    private final Backoff backoff;
    private final Runnable whenSilent;
    private Optional<Future<?>> timer = Optional.empty();
    private long sentAt;
    private long timerAt;

    SilenceTimer(Backoff backoff, Runnable whenSilent) {
        this.backoff = backoff;
        this.whenSilent = whenSilent;
    }

    /** Something was sent at this time, as {@link System#nanoTime} counts. */
    void sent(EventExecutor loop, long now) {
        sentAt = now;
        arm(loop, sentAt + backoff.nanos());
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
        long due = sentAt + backoff.nanos();
        if (System.nanoTime() - due < 0) {
            arm(loop, due);
        } else {
            whenSilent.run();
        }
    }
}
