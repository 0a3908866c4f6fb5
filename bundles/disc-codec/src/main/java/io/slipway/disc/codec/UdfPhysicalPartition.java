package io.slipway.disc.codec;

import java.io.IOException;

/**
 * A type 1 map (ECMA-167 3/10.7.2): a run of sectors.
 *
 * @param start its first sector
 * @param blocks how many it has
 */
record UdfPhysicalPartition(long start, long blocks) implements UdfPartition {

    @Override
    public void locate(DiscReading reading, long block, long length, Extents into) throws IOException {
        if (block >= blocks || length > DiscReading.offset(blocks - block)) {
            throw reading.damaged(
                    DiscReading.offset(start),
                    "a UDF partition of " + blocks + " blocks, of which " + length + " bytes from block " + block
                            + " are used; expected them in it");
        }
        into.add(DiscReading.offset(start + block), length, "a UDF extent");
    }
}
