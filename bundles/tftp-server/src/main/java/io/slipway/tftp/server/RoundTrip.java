package io.slipway.tftp.server;

import java.time.Duration;

/** How long a client takes to answer, and so how long to wait for it (RFC 6298). Nanoseconds. */
final class RoundTrip {

    /** Not sooner, however quick the network: firmware stops to write its flash. */
    static final int LEAST_WAIT_MILLIS = 100;

    private static final long LEAST_WAIT = Duration.ofMillis(LEAST_WAIT_MILLIS).toNanos();

    private long shortest = Long.MAX_VALUE;
    private long smoothed = -1;
    private long variation;

    void took(long nanos) {
        shortest = Math.min(shortest, nanos);
        if (smoothed < 0) {
            smoothed = nanos;
            variation = nanos / 2;
        } else {
            variation += (Math.abs(nanos - smoothed) - variation) / 4;
            smoothed += (nanos - smoothed) / 8;
        }
    }

    /** The quickest answer so far; longer than any wait while there is none. */
    long shortest() {
        return shortest;
    }

    /** What an answer takes on the whole; longer than any wait while there was none. */
    long smoothed() {
        return smoothed < 0 ? Long.MAX_VALUE : smoothed;
    }

    /** How long to wait for an answer, at most as long as is given. */
    long patience(long most) {
        return smoothed < 0 ? most : Math.min(most, Math.max(LEAST_WAIT, smoothed + 4 * variation));
    }
}
