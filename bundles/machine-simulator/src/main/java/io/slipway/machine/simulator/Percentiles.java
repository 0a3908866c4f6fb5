package io.slipway.machine.simulator;

import java.time.Duration;
import java.util.List;

/** How long something took: half of all at most, 99 of a hundred at most, and the last one. */
record Percentiles(long median, long p99, long last) {

    static Percentiles of(List<Duration> took) {
        long[] millis = took.stream().mapToLong(Duration::toMillis).sorted().toArray();
        return new Percentiles(at(millis, 0.5), at(millis, 0.99), at(millis, 1));
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    @Override
    public String toString() {
        return "p50 " + median + " ms p99 " + p99 + " ms last " + last + " ms";
    }
}
