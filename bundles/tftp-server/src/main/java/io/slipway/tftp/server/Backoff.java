package io.slipway.tftp.server;

import java.time.Duration;

/**
 * When to send again: after a time that doubles with each silence (RFC 1123 section 4.2.3.2). It begins with what the
 * client's answers take, where that is known, so that a lost packet costs no second; a silent client is given up only
 * after as many silences of the configured length as there are retries.
 */
final class Backoff {

    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final long initialNanos;
    private final int retries;
    private final RoundTrip roundTrip;
    private final boolean isFixed;
    private long currentNanos;
    private int used;

    /**
     * @param initial the first wait while nothing is known
     * @param isFixed whether the client has asked for just this wait (RFC 2349)
     */
    Backoff(Duration initial, boolean isFixed, int retries, RoundTrip roundTrip) {
        this.initialNanos = initial.toNanos();
        this.isFixed = isFixed;
        this.retries = retries;
        this.roundTrip = roundTrip;
        this.currentNanos = initialNanos;
    }

    /** The time to wait for an answer to what was sent last. */
    long nanos() {
        return currentNanos;
    }

    /** The client has answered: begin anew. */
    void reset() {
        currentNanos = isFixed ? initialNanos : roundTrip.patience(initialNanos);
        used = 0;
    }

    /** The client was silent: whether to send again, and wait longer. */
    boolean again() {
        if (currentNanos < initialNanos) {
            currentNanos = Math.min(currentNanos * 2, initialNanos);
            return true;
        }
        if (used == retries) {
            return false;
        }
        used++;
        currentNanos = Math.max(initialNanos, Math.min(currentNanos * 2, LONGEST_NANOS));
        return true;
    }
}
