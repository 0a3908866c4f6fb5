package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;

/**
 * What sectors 16 and following say of a disc: ISO 9660's volume descriptors (ECMA-119 section 8), and UDF's volume
 * recognition sequence (ECMA-167 part 2 section 8) behind them.
 *
 * @param primary the descriptor of the plain tree, one sector
 * @param joliet that of Joliet's
 * @param udf whether there is UDF
 */
record VolumeDescriptors(Optional<IsoDescriptor> primary, Optional<IsoDescriptor> joliet, boolean udf) {

    private static final int FIRST = 16;
    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;
    /** Joliet Specification, "SVD Escape Sequences": UCS-2 levels 1 to 3. */
    private static final Set<String> JOLIET = Set.of("%/@", "%/C", "%/E");

    /** @param at its offset */
    record IsoDescriptor(ByteBuffer bytes, long at) {}

    static VolumeDescriptors read(DiscReading reading) throws IOException {
        Optional<IsoDescriptor> primary = Optional.empty();
        Optional<IsoDescriptor> joliet = Optional.empty();
        boolean udf = false;
        for (int sector = FIRST; sector < FIRST + Limits.RECOGNITION_SECTORS; sector++) {
            long at = DiscReading.offset(sector);
            if (at > reading.size() - DiscReading.SECTOR) {
                break;
            }
            ByteBuffer bytes = reading.sector(sector, "a volume descriptor");
            Kind kind = kind(bytes);
            if (kind == Kind.UNKNOWN) {
                break;
            }
            udf |= kind == Kind.UDF;
            if (kind == Kind.PRIMARY && primary.isEmpty()) {
                primary = Optional.of(new IsoDescriptor(bytes, at));
            } else if (kind == Kind.JOLIET && joliet.isEmpty()) {
                joliet = Optional.of(new IsoDescriptor(bytes, at));
            }
        }
        return new VolumeDescriptors(primary, joliet, udf);
    }

    private enum Kind {
        PRIMARY,
        JOLIET,
        UDF,
        OTHER,
        UNKNOWN
    }

    private static Kind kind(ByteBuffer bytes) {
        return switch (Unsigned.ascii(bytes, 1, 5)) {
            case "CD001" -> isoKind(bytes);
            case "NSR02", "NSR03" -> Kind.UDF;
            case "BEA01", "BOOT2", "CDW02", "TEA01" -> Kind.OTHER;
            default -> Kind.UNKNOWN;
        };
    }

    private static Kind isoKind(ByteBuffer bytes) {
        int type = Unsigned.u8(bytes, 0);
        if (type == SUPPLEMENTARY && JOLIET.contains(Unsigned.ascii(bytes, 88, 3))) {
            return Kind.JOLIET;
        }
        return type == PRIMARY ? Kind.PRIMARY : Kind.OTHER;
    }
}
