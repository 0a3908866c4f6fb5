package io.slipway.disc.codec;

import java.io.IOException;

/** Where the blocks of a UDF partition lie. */
sealed interface UdfPartition permits UdfMetadataPartition, UdfPhysicalPartition {

    /**
     * Adds where a run of bytes lies.
     *
     * @param block the first one's number in the partition
     * @param length in bytes
     * @throws IOException a part of it is not in the partition
     */
    void locate(DiscReading reading, long block, long length, Extents into) throws IOException;

    /** Where a block begins. */
    default long offset(DiscReading reading, long block) throws IOException {
        Extents found = new Extents(reading);
        locate(reading, block, DiscReading.SECTOR, found);
        return found.list().get(0).offset();
    }
}
