package io.slipway.dhcp.handlers;

import java.util.function.LongSupplier;

/**
 * Seconds since 1970 that only ever go on: the wall clock is read once, then the monotonic clock counts. A wall clock
 * that steps, as it does when a machine first hears a time server, neither ends nor prolongs a lease.
 */
final class LeaseClock {

    private static final long NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final long startNanos;
    private final long startEpoch;

    /**
     * @param nanoTime as {@link System#nanoTime()}
     * @param epochNow seconds since 1970 at this moment
     */
    LeaseClock(LongSupplier nanoTime, long epochNow) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.startEpoch = epochNow;
    }

    static LeaseClock system() {
        return new LeaseClock(System::nanoTime, System.currentTimeMillis() / 1000);
    }

    /** Seconds since 1970. */
    long now() {
        return startEpoch + (nanoTime.getAsLong() - startNanos) / NANOS;
    }
}
