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
        return writes.stream()
                .mapToLong(write -> FrameBuffer.sizeOf(
                        write.key(), write.value().map(value -> value.length).orElse(0)))
                .sum();
    }
}
