package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The anchor volume descriptor pointer (ECMA-167 3/10.2).
 *
 * @param mainAt the first sector of the main volume descriptor sequence
 * @param mainLength in bytes
 * @param reserveAt the first sector of the reserve sequence, which says the same
 * @param reserveLength in bytes
 */
record UdfAnchor(long mainAt, long mainLength, long reserveAt, long reserveLength) {

    static final long FIRST = 256;

    /**
     * Looks at sector 256, the last one, and the 257th from the end (OSTA UDF 2.2.3).
     *
     * @param sectors of the volume as ISO 9660 has it; the file may have more behind it
     * @return empty when none of them has an anchor that is whole
     */
    static Optional<UdfAnchor> find(DiscReading reading, long sectors) throws IOException {
        long fileSectors = reading.size() / DiscReading.SECTOR;
        Set<Long> places = new LinkedHashSet<>();
        places.add(FIRST);
        for (long end : new long[] {fileSectors, sectors}) {
            places.add(end - 1);
            places.add(end - 1 - FIRST);
        }
        for (long place : places) {
            if (place >= 0 && place < fileSectors) {
                ByteBuffer bytes = reading.sector(place, "a UDF anchor");
                if (UdfTag.identifier(bytes) == UdfTag.ANCHOR
                        && UdfTag.fault(bytes).isEmpty()
                        && UdfTag.location(bytes) == place) {
                    return Optional.of(of(bytes));
                }
            }
        }
        return Optional.empty();
    }

    private static UdfAnchor of(ByteBuffer bytes) {
        return new UdfAnchor(
                Unsigned.u32(bytes, 20), Unsigned.u32(bytes, 16), Unsigned.u32(bytes, 28), Unsigned.u32(bytes, 24));
    }
}
