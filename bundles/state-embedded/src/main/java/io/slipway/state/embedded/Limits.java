package io.slipway.state.embedded;

import java.time.Duration;

/**
 * How much the store takes before it does something about it.
 *
 * @param queueCapacity transactions that may wait for the disk
 * @param watchBacklog changes that are kept for watchers
 * @param reserveBytes disk space that is taken ahead of the log
 * @param compactAboveBytes a log shorter than this is never rewritten to save space
 * @param gatherFor from the begin of one group to that of the next, at least
 * @param repairPause after an attempt at a new file failed, none is made for this long
 * @param closeWithin how long closing may take
 */
record Limits(
        int queueCapacity,
        int watchBacklog,
        int reserveBytes,
        long compactAboveBytes,
        Duration gatherFor,
        Duration repairPause,
        Duration closeWithin) {

    static final Limits DEFAULT = new Limits(
            16_384, 16_384, 8 << 20, 16 << 20, Duration.ofMillis(2), Duration.ofSeconds(1), Duration.ofSeconds(2));
}
