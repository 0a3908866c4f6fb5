package io.slipway.wiretests;

/** What became of a request. */
sealed interface Outcome {

    /**
     * A reply left.
     *
     * @param to address and port
     */
    @SuppressWarnings("ArrayRecordComponent") // compared as dumps
    record Sent(byte[] bytes, String to) implements Outcome {}

    /** Nothing left, and this was counted. */
    record Dropped(String reason) implements Outcome {}
}
