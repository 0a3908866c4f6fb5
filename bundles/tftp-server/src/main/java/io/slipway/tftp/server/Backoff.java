package io.slipway.tftp.server;

import java.time.Duration;

/** When to send a packet again: after a time that doubles with each silence (RFC 1123 section 4.2.3.2). */
final class Backoff {

    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final long initialNanos;
    private final int retries;
    private long currentNanos;
    private int used;

    Backoff(Duration initial, int retries) {
        this.initialNanos = initial.toNanos();
        this.retries = retries;
        this.currentNanos = initialNanos;
    }

    /** The time to wait for an answer to what was sent last. */
    long nanos() {
        return currentNanos;
    }

    /** The client has answered: begin anew. */
    void reset() {
        currentNanos = initialNanos;
        used = 0;
    }

    /** The client was silent: whether to send again, and wait longer. */
    boolean again() {
        if (used == retries) {
            return false;
        }
        used++;
        currentNanos = Math.max(initialNanos, Math.min(currentNanos * 2, LONGEST_NANOS));
        return true;
    }
}
