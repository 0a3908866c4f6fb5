package io.slipway.state.embedded;

import io.slipway.state.Key;
import io.slipway.state.Transaction.Write;
import java.util.List;

/**
 * The writes of one transaction that was committed.
 *
 * @param revision the store's revision after it
 */
record Change(long revision, List<Write> writes) {

    List<Write> under(Key prefix) {
        return writes.stream().filter(write -> write.key().isUnder(prefix)).toList();
    }

    long bytes() {
        return bytes(writes);
    }

    /** What these writes take in a frame. A loop, for this is asked twice for each lease. */
    static long bytes(List<Write> writes) {
        long bytes = 0;
        for (Write write : writes) {
            bytes += FrameBuffer.sizeOf(
                    write.key(), write.value().map(value -> value.length).orElse(0));
        }
        return bytes;
    }
}
