package io.slipway.dhcp.server;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Failures that belong together: it ends with a success, but not before there was none for a while. On a full disk some
 * commits fail while others succeed, and each change of the weather is not worth a line.
 */
final class Burst {

    private final LongSupplier nanoTime;
    private final long calmNanos;
    private volatile boolean isOn;
    private volatile long lastFailure;

    /**
     * @param nanoTime as {@link System#nanoTime()}
     * @param calm without a failure before it is over
     */
    Burst(LongSupplier nanoTime, Duration calm) {
        this.nanoTime = nanoTime;
        calmNanos = calm.toNanos();
    }

    /** Something failed: whether this is the first of a burst. */
    synchronized boolean begins() {
        lastFailure = nanoTime.getAsLong();
        boolean isFirst = !isOn;
        isOn = true;
        return isFirst;
    }

    /** Something succeeded: whether a burst is over with it. */
    boolean ends() {
        return isOn && isOver(); // read without the lock first: this is asked for every packet
    }

    private synchronized boolean isOver() {
        boolean isOver = isOn && nanoTime.getAsLong() - lastFailure >= calmNanos;
        isOn = isOn && !isOver;
        return isOver;
    }
}
