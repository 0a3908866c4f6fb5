package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * A file entry or an extended one (ECMA-167 4/14.9 and 14.17).
 *
 * @param bytes its block
 * @param at its offset
 * @param home the partition it is in, to which short allocation descriptors refer
 */
record UdfEntry(ByteBuffer bytes, long at, UdfPartition home) {

    static final int DIRECTORY = 4;
    static final int REGULAR = 5;
    static final int LINK = 12;
    /** Not said, which systems take for a regular file. */
    static final int UNSPECIFIED = 0;
    /** A regular file that is to be recorded and played in time (OSTA UDF 2.01, appendix 6.11.1). */
    static final int REAL_TIME = 249;

    static final int SHORT = 0;
    static final int LONG = 1;
    static final int EMBEDDED = 3;

    /** ICBs are in a list, the newest last (ECMA-167 4/A.5.4 calls this strategy 4096). */
    private static final int LISTED = 4096;

    private static final int STRATEGY_AT = 20;
    private static final int INDIRECT_AT = 36;

    /**
     * Reads the entry that an ICB has; of a list of them the newest.
     *
     * @param partitions of indirect entries
     * @param block in its partition
     */
    static UdfEntry read(DiscReading reading, UdfPartitions partitions, UdfPartition home, long block)
            throws IOException {
        UdfPartition partition = home;
        long here = block;
        for (int hops = 0; hops < Limits.INDIRECT_ENTRIES; hops++) {
            UdfEntry entry = read(reading, partition, here);
            if (Unsigned.u16(entry.bytes, STRATEGY_AT) != LISTED) {
                return entry;
            }
            long nextAt = partition.offset(reading, here + 1);
            ByteBuffer next = reading.read(nextAt, DiscReading.SECTOR, "a UDF indirect entry");
            if (UdfTag.identifier(next) != UdfTag.INDIRECT_ENTRY || Unsigned.u32(next, INDIRECT_AT) == 0) {
                return entry;
            }
            UdfTag.check(reading, next, nextAt, here + 1);
            partition = partitions.get(reading, Unsigned.u16(next, INDIRECT_AT + 8), nextAt);
            here = Unsigned.u32(next, INDIRECT_AT + 4);
        }
        throw reading.damaged(
                home.offset(reading, block),
                "more than " + Limits.INDIRECT_ENTRIES + " UDF indirect entries; they lead to each other");
    }

    private static UdfEntry read(DiscReading reading, UdfPartition home, long block) throws IOException {
        long at = home.offset(reading, block);
        ByteBuffer bytes = reading.read(at, DiscReading.SECTOR, "a UDF file entry");
        UdfTag.check(reading, bytes, at, block);
        int identifier = UdfTag.identifier(bytes);
        if (identifier != UdfTag.FILE_ENTRY && identifier != UdfTag.EXTENDED_FILE_ENTRY) {
            throw reading.damaged(
                    at,
                    "a UDF descriptor with the tag " + identifier + "; expected a file entry, " + UdfTag.FILE_ENTRY
                            + " or " + UdfTag.EXTENDED_FILE_ENTRY);
        }
        UdfEntry entry = new UdfEntry(bytes, at, home);
        long length = entry.fixedLength() + entry.attributesLength() + entry.allocationLength();
        if (length > DiscReading.SECTOR || entry.size() < 0) {
            throw reading.damaged(
                    at,
                    "a UDF file entry of " + length + " bytes, of a file of "
                            + Long.toUnsignedString(entry.size()) + "; expected at most " + DiscReading.SECTOR
                            + ", and a size of 63 bits");
        }
        return entry;
    }

    private boolean isExtended() {
        return UdfTag.identifier(bytes) == UdfTag.EXTENDED_FILE_ENTRY;
    }

    /** The type of the file (ECMA-167 4/14.6.6). */
    int type() {
        return Unsigned.u8(bytes, 27);
    }

    /** How the extents are described (ECMA-167 4/14.6.8): {@link #SHORT}, {@link #LONG} or {@link #EMBEDDED}. */
    int allocationKind() {
        return Unsigned.u16(bytes, 34) & 7;
    }

    /** Of the file, in bytes. */
    long size() {
        return bytes.getLong(56);
    }

    Instant modified() {
        return UdfTime.of(bytes, isExtended() ? 92 : 84);
    }

    private int fixedLength() {
        return isExtended() ? 216 : 176;
    }

    private long attributesLength() {
        return Unsigned.u32(bytes, fixedLength() - 8);
    }

    private long allocationLength() {
        return Unsigned.u32(bytes, fixedLength() - 4);
    }

    private int allocationAt() {
        return fixedLength() + (int) attributesLength();
    }

    /** The allocation descriptors, or the file itself when it is embedded. */
    ByteBuffer allocation() {
        return Unsigned.slice(bytes, allocationAt(), (int) allocationLength());
    }

    /** Where {@link #allocation()} begins on the disc. */
    long allocationOffset() {
        return at + allocationAt();
    }
}
