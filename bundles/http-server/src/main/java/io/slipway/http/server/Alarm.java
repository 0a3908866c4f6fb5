package io.slipway.http.server;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The one thing that a connection waits for: setting it anew replaces what was set. Belongs to one event loop. */
final class Alarm {

    private Optional<Future<?>> pending = Optional.empty();

    void set(EventExecutor loop, Duration after, Runnable action) {
        cancel();
        pending = Optional.of(loop.schedule(action, after.toNanos(), TimeUnit.NANOSECONDS));
    }

    void cancel() {
        pending.ifPresent(future -> future.cancel(false));
        pending = Optional.empty();
    }
}
