package io.slipway.dhcp.handlers;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Seconds since 1970 that only ever go on: the wall clock is read once, then the monotonic clock counts. A wall clock
 * that steps, as it does when a machine first hears a time server, neither ends nor prolongs a lease. How far it is
 * ahead since then is stored, so that the next start counts on from where this one was; and no start begins before a
 * lease that is stored, though the machine has forgotten what time it is.
 */
final class LeaseClock {

    /** Version (1 byte, 1), and by how many seconds (8) the wall clock is ahead. */
    static final Key KEY = Key.of("dhcp", "clock");

    private static final byte VERSION = 1;
    private static final long NANOS = 1_000_000_000L;

    /** Both clocks count whole seconds, so they may differ by one. */
    private static final long STEP = 2;

    private final LongSupplier nanoTime;
    private final LongSupplier wall;
    private final long startNanos;
    private volatile long startEpoch;
    private long stored;

    /**
     * A clock that never hears of a step.
     *
     * @param nanoTime as {@link System#nanoTime()}
     * @param epochNow seconds since 1970 at this moment
     */
    LeaseClock(LongSupplier nanoTime, long epochNow) {
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.startEpoch = epochNow;
        this.wall = this::now;
    }

    private LeaseClock(LongSupplier nanoTime, LongSupplier wall, long ahead) {
        this.nanoTime = nanoTime;
        this.wall = wall;
        this.stored = ahead;
        this.startNanos = nanoTime.getAsLong();
        this.startEpoch = wall.getAsLong() - ahead;
    }

    static LeaseClock system(StateStore store) throws IOException {
        return of(store, System::nanoTime, () -> System.currentTimeMillis() / 1000);
    }

    /** The clock that the stored leases count by, once it has heard of them. */
    static LeaseClock of(StateStore store, LongSupplier nanoTime, LongSupplier wall) throws IOException {
        return new LeaseClock(
                nanoTime,
                wall,
                store.get(KEY).map(Entry::bytes).map(LeaseClock::ahead).orElse(0L));
    }

    /** It is at least this late: somebody leased an address then. For the start, when the leases are read. */
    synchronized void notBefore(long start) {
        startEpoch += Math.max(0, start - now());
    }

    private static long ahead(byte[] bytes) {
        boolean isLegible = bytes.length == 1 + Long.BYTES && bytes[0] == VERSION;
        return isLegible ? ByteBuffer.wrap(bytes).getLong(1) : 0;
    }

    /** Seconds since 1970. */
    long now() {
        return startEpoch + (nanoTime.getAsLong() - startNanos) / NANOS;
    }

    /** What is to be stored now, before any lease is: the wall clock has stepped since. */
    synchronized Optional<Transaction> step() {
        long ahead = wall.getAsLong() - now();
        if (Math.abs(ahead - stored) < STEP) {
            return Optional.empty();
        }
        stored = ahead;
        byte[] record =
                ByteBuffer.allocate(1 + Long.BYTES).put(VERSION).putLong(ahead).array();
        return Optional.of(Transaction.put(KEY, record));
    }

    /** It could not be stored. */
    synchronized void forgetStep() {
        stored = Long.MAX_VALUE / 2;
    }
}
