package io.slipway.disc.codec;

import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A metadata partition map (OSTA UDF 2.50 section 2.2.10): its blocks are the bytes of a file.
 *
 * @param at the offset of that file's entry
 * @param pieces its extents, by the position in the file at which each begins
 */
record UdfMetadataPartition(long at, NavigableMap<Long, DiscExtent> pieces) implements UdfPartition {

    private static final int MAIN = 250;
    private static final int MIRROR = 251;

    /** Opens the metadata file or, when that is damaged, its mirror. */
    static UdfMetadataPartition open(DiscReading reading, UdfPhysicalPartition physical, long main, long mirror)
            throws IOException {
        try {
            return open(reading, physical, main, MAIN);
        } catch (IOException damaged) {
            try {
                return open(reading, physical, mirror, MIRROR);
            } catch (IOException alsoDamaged) {
                damaged.addSuppressed(alsoDamaged);
                throw damaged;
            }
        }
    }

    private static UdfMetadataPartition open(DiscReading reading, UdfPhysicalPartition physical, long block, int type)
            throws IOException {
        UdfEntry entry = UdfEntry.read(reading, UdfPartitions.NONE, physical, block);
        if (entry.type() != type) {
            throw reading.damaged(entry.at(), "a UDF metadata file of the type " + entry.type() + "; expected " + type);
        }
        NavigableMap<Long, DiscExtent> pieces = new TreeMap<>();
        long[] position = {0};
        UdfAllocation.each(reading, entry, UdfPartitions.NONE, extent -> {
            // What the file has not allocated is used by nobody (section 2.2.13).
            if (extent.isRecorded()) {
                put(reading, extent, position[0], pieces);
            }
            position[0] += extent.length();
            return position[0] < entry.size();
        });
        return new UdfMetadataPartition(entry.at(), pieces);
    }

    private static void put(
            DiscReading reading, UdfAllocation.Extent extent, long position, NavigableMap<Long, DiscExtent> pieces)
            throws IOException {
        if (pieces.size() == Limits.EXTENTS) {
            throw reading.refused("has a UDF metadata file in more than " + Limits.EXTENTS + " pieces");
        }
        Extents found = new Extents(reading);
        extent.partition().locate(reading, extent.block(), extent.length(), found);
        pieces.put(position, found.list().get(0));
    }

    @Override
    public void locate(DiscReading reading, long block, long length, Extents into) throws IOException {
        long position = DiscReading.offset(block);
        long end = position + length;
        while (position < end) {
            Map.Entry<Long, DiscExtent> piece = pieces.floorEntry(position);
            long inside = piece == null ? 0 : position - piece.getKey();
            if (piece == null || inside >= piece.getValue().length()) {
                throw reading.damaged(
                        at,
                        "a UDF metadata file which has no block " + position / DiscReading.SECTOR
                                + "; expected one, for it is used");
            }
            long part = Math.min(end - position, piece.getValue().length() - inside);
            into.add(piece.getValue().offset() + inside, part, "a UDF extent");
            position += part;
        }
    }
}
