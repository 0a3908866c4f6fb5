package io.slipway.tftp.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Lets a log line through at most once in a while, so that a flood of packets is no flood of lines. */
final class Seldom {

    private final long intervalNanos;
    private final AtomicLong next = new AtomicLong(System.nanoTime());

    Seldom(Duration interval) {
        intervalNanos = interval.toNanos();
    }

    boolean isDue() {
        long due = next.get();
        long now = System.nanoTime();
        return now - due >= 0 && next.compareAndSet(due, now + intervalNanos);
    }
}
