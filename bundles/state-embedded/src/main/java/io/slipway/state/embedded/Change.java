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
        for (Write write : writes) {
            if (!write.key().isUnder(prefix)) {
                return writes.stream()
                        .filter(other -> other.key().isUnder(prefix))
                        .toList();
            }
        }
        return writes; // as a rule a transaction is about one thing
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
