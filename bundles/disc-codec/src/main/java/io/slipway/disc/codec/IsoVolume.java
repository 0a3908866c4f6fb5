package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A primary or supplementary volume descriptor (ECMA-119 sections 8.4 and 8.5).
 *
 * @param label the volume identifier, trimmed
 * @param sectors the volume space size
 * @param setSize how many discs the set has
 * @param number of this disc in its set
 * @param root the record of the root directory
 */
record IsoVolume(String label, long sectors, int setSize, int number, IsoRecord root) {

    private static final int ROOT_AT = 156;
    private static final int ROOT_LENGTH = 34;

    static IsoVolume of(DiscReading reading, VolumeDescriptors.IsoDescriptor descriptor, IsoNames names)
            throws IOException {
        ByteBuffer bytes = descriptor.bytes();
        int blockSize = Unsigned.u16(bytes, 128);
        if (blockSize != DiscReading.SECTOR) {
            throw reading.damaged(
                    descriptor.at() + 128, "logical blocks of " + blockSize + " bytes; only 2048 are supported");
        }
        long rootAt = descriptor.at() + ROOT_AT;
        IsoRecord root = IsoRecord.of(reading, Unsigned.slice(bytes, ROOT_AT, ROOT_LENGTH), rootAt);
        if (!root.isDirectory()) {
            throw reading.damaged(rootAt, "a root that is no directory; expected flag 2 (ECMA-119 section 9.1.6)");
        }
        return new IsoVolume(
                names.text(bytes.slice(40, 32)).replace('\0', ' ').strip(),
                Unsigned.u32(bytes, 80),
                Unsigned.u16(bytes, 120),
                Unsigned.u16(bytes, 124),
                root);
    }

    /** In bytes. */
    long size() {
        return DiscReading.offset(sectors);
    }
}
