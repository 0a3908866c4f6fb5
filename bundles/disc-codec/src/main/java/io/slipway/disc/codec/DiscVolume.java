package io.slipway.disc.codec;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The tree of a disc that is used.
 *
 * @param size of the volume in bytes, as it says itself
 */
record DiscVolume(DiscTree tree, long size) {

    /** The first bytes of each sector when it is copied with all that a CD has around it (ECMA-130 section 14). */
    private static final long RAW_SECTOR = 0x00FFFFFF_FFFFFFFFL;

    /** Chooses the tree: Rock Ridge's, else UDF's, else Joliet's, else that of ISO 9660. */
    static DiscVolume of(DiscReading reading) throws IOException {
        VolumeDescriptors descriptors = VolumeDescriptors.read(reading);
        if (descriptors.primary().isEmpty()) {
            return ofUdf(reading, descriptors);
        }
        IsoVolume primary = IsoVolume.of(reading, descriptors.primary().get(), IsoNames.PLAIN);
        reading.requireWhole(primary.size());
        OptionalInt skip = RockRidge.skip(reading, primary);
        if (skip.isPresent()) {
            return new DiscVolume(IsoTree.of(reading, primary, IsoNames.PLAIN, skip), primary.size());
        }
        if (descriptors.udf()) {
            UdfVolume udf = UdfVolume.open(reading, primary.sectors())
                    .orElseThrow(() -> reading.damaged(
                            DiscReading.offset(UdfAnchor.FIRST),
                            "no UDF anchor; expected one in sector 256, or in the last one or the 257th from the end"));
            return ofUdf(reading, udf, primary.size());
        }
        if (descriptors.joliet().isPresent()) {
            IsoVolume joliet = IsoVolume.of(reading, descriptors.joliet().get(), IsoNames.JOLIET);
            return new DiscVolume(IsoTree.of(reading, joliet, IsoNames.JOLIET, OptionalInt.empty()), primary.size());
        }
        return new DiscVolume(IsoTree.of(reading, primary, IsoNames.PLAIN, OptionalInt.empty()), primary.size());
    }

    private static DiscVolume ofUdf(DiscReading reading, VolumeDescriptors descriptors) throws IOException {
        Optional<UdfVolume> udf = UdfVolume.open(reading, 0);
        if (udf.isPresent()) {
            return ofUdf(reading, udf.get(), 0);
        }
        if (descriptors.udf()) {
            throw reading.refused("says that it is UDF and has no anchor in sector 256, in the last one or in the"
                    + " 257th from the end; it is cut short or damaged, or has sectors that are not of 2048 bytes: copy"
                    + " or download it again");
        }
        if (isRaw(reading)) {
            throw reading.refused("has raw sectors of 2352 bytes; expected an image with sectors of 2048 bytes,"
                    + " as bchunk or ccd2iso makes of it");
        }
        throw reading.refused("is not a disc image: it has neither an ISO 9660 volume descriptor in sector 16 nor"
                + " a UDF anchor; expected one of them");
    }

    private static DiscVolume ofUdf(DiscReading reading, UdfVolume udf, long isoSize) throws IOException {
        return new DiscVolume(UdfTree.of(reading, udf), Math.max(isoSize, udf.size()));
    }

    private static boolean isRaw(DiscReading reading) throws IOException {
        return reading.size() >= DiscReading.SECTOR
                && Long.reverseBytes(reading.sector(0, "the first sector").getLong(0)) == RAW_SECTOR;
    }
}
