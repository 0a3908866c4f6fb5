package io.slipway.disc.codec;

import java.io.IOException;
import java.util.List;

/**
 * The partitions of a logical volume.
 *
 * @param list in the order of their maps: others refer to them by the position
 */
record UdfPartitions(List<UdfPartition> list) {

    static final UdfPartitions NONE = new UdfPartitions(List.of());

    UdfPartitions {
        list = List.copyOf(list);
    }

    /** @param at the offset of what refers to it, for messages */
    UdfPartition get(DiscReading reading, int reference, long at) throws IOException {
        if (reference >= list.size()) {
            throw reading.damaged(at, "a place in UDF partition " + reference + "; expected one below " + list.size());
        }
        return list.get(reference);
    }
}
