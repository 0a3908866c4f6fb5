package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The allocation descriptors of a file entry (ECMA-167 4/14.14), and those that continue them. */
final class UdfAllocation {

    private static final int RECORDED = 0;
    private static final int CONTINUED = 3;
    private static final int LENGTH_BITS = 30;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;
    private static final int CONTINUATION_HEADER = 24;

    private UdfAllocation() {}

    /**
     * @param kind the upper bits of its length (ECMA-167 4/14.14.1.1)
     * @param block the first one's number in the partition
     * @param length in bytes, at least one
     */
    record Extent(int kind, UdfPartition partition, long block, long length) {

        /** Whether the disc has its bytes; otherwise they are zeros that were never written. */
        boolean isRecorded() {
            return kind == RECORDED;
        }
    }

    /** Takes one extent. */
    interface Taker {

        /**
         * Takes the next one.
         *
         * @return whether there have to be more
         */
        boolean take(Extent extent) throws IOException;
    }

    /** Hands over the extents in order, up to the last, or to that after which the taker wants no more. */
    static void each(DiscReading reading, UdfEntry entry, UdfPartitions partitions, Taker taker) throws IOException {
        if (entry.allocationKind() != UdfEntry.SHORT && entry.allocationKind() != UdfEntry.LONG) {
            throw reading.damaged(
                    entry.at(),
                    "a UDF file entry with allocation descriptors of kind " + entry.allocationKind()
                            + "; expected 0 or 1, or 3 of a file in its entry");
        }
        Optional<Extent> next = area(reading, entry, partitions, entry.allocation(), entry.allocationOffset(), taker);
        for (int extents = 0; next.isPresent(); extents++) {
            if (extents == Limits.ALLOCATION_EXTENTS) {
                throw reading.damaged(
                        entry.at(),
                        "a UDF file with more than " + extents + " allocation extents; they lead to each other");
            }
            long at = next.get().partition().offset(reading, next.get().block());
            ByteBuffer bytes = reading.read(at, DiscReading.SECTOR, "a UDF allocation extent");
            UdfTag.require(reading, bytes, at, next.get().block(), UdfTag.ALLOCATION_EXTENT);
            long length = Unsigned.u32(bytes, 20);
            if (length > DiscReading.SECTOR - CONTINUATION_HEADER) {
                throw reading.damaged(
                        at,
                        "a UDF allocation extent of " + length + " bytes; expected at most "
                                + (DiscReading.SECTOR - CONTINUATION_HEADER));
            }
            ByteBuffer area = Unsigned.slice(bytes, CONTINUATION_HEADER, (int) length);
            next = area(reading, entry, partitions, area, at + CONTINUATION_HEADER, taker);
        }
    }

    /** Hands over the extents of one area, and says where they go on. */
    private static Optional<Extent> area(
            DiscReading reading, UdfEntry entry, UdfPartitions partitions, ByteBuffer area, long areaAt, Taker taker)
            throws IOException {
        boolean isLong = entry.allocationKind() == UdfEntry.LONG;
        int width = isLong ? 16 : 8;
        for (int position = 0; position + width <= area.limit(); position += width) {
            int bits = area.getInt(position);
            int length = bits & LENGTH_MASK;
            if (length == 0) {
                // The last one (ECMA-167 4/12.1).
                return Optional.empty();
            }
            UdfPartition partition = isLong
                    ? partitions.get(reading, Unsigned.u16(area, position + 8), areaAt + position)
                    : entry.home();
            Extent extent = new Extent(bits >>> LENGTH_BITS, partition, Unsigned.u32(area, position + 4), length);
            if (extent.kind() == CONTINUED) {
                return Optional.of(extent);
            }
            if (!taker.take(extent)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
