package io.slipway.state.embedded;

/**
 * What reading a log found.
 *
 * @param header the file's header
 * @param end where the last good frame ends
 * @param revision the store's revision, never lower than any revision that is legible in the file
 * @param ending how the file ends
 * @param tailBytes bytes after {@code end} that are neither good nor the zeroes of reserved space
 * @param lostWrites legible writes behind the damage; they are not replayed
 */
record Recovered(LogHeader header, long end, long revision, Ending ending, long tailBytes, long lostWrites) {

    enum Ending {
        /** Exactly after a frame: the store was closed in order. */
        CLOSED,
        /** With reserved space: the process ended without closing. */
        RESERVED,
        /** With a write that was never finished, hence never acknowledged. */
        TORN,
        /** With acknowledged writes that cannot be had any more. */
        DAMAGED
    }
}
