package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The tag that each of UDF's descriptors begins with (ECMA-167 3/7.2 and 4/7.2), and its sums. */
final class UdfTag {

    static final int ANCHOR = 2;
    static final int VOLUME_POINTER = 3;
    static final int PARTITION = 5;
    static final int LOGICAL_VOLUME = 6;
    static final int TERMINATING = 8;
    static final int FILE_SET = 256;
    static final int FILE_IDENTIFIER = 257;
    static final int ALLOCATION_EXTENT = 258;
    static final int INDIRECT_ENTRY = 259;
    static final int FILE_ENTRY = 261;
    static final int EXTENDED_FILE_ENTRY = 266;

    private static final int LENGTH = 16;
    private static final int CHECKSUM_AT = 4;

    /** CRC-ITU-T: x¹⁶ + x¹² + x⁵ + 1 (ECMA-167 3/7.2.6). */
    private static final int POLYNOMIAL = 0x1021;

    private static final int[] CRC = table();

    private UdfTag() {}

    static int identifier(ByteBuffer descriptor) {
        return Unsigned.u16(descriptor, 0);
    }

    static long location(ByteBuffer descriptor) {
        return Unsigned.u32(descriptor, 12);
    }

    /**
     * @param location the block in which it is, as the tag has to say
     * @throws IOException it is another descriptor, one of another place, or its sums are wrong
     */
    static void require(DiscReading reading, ByteBuffer descriptor, long at, long location, int identifier)
            throws IOException {
        check(reading, descriptor, at, location);
        if (identifier(descriptor) != identifier) {
            throw reading.damaged(
                    at, "a UDF descriptor with the tag " + identifier(descriptor) + "; expected " + identifier);
        }
    }

    /** As {@link #require}, for a descriptor of any kind. */
    static void check(DiscReading reading, ByteBuffer descriptor, long at, long location) throws IOException {
        checkSums(reading, descriptor, at);
        if (location(descriptor) != location) {
            throw reading.damaged(
                    at, "a UDF descriptor of block " + location(descriptor) + "; expected that of block " + location);
        }
    }

    /** @throws IOException its sums are wrong */
    static void checkSums(DiscReading reading, ByteBuffer descriptor, long at) throws IOException {
        Optional<String> fault = fault(descriptor);
        if (fault.isPresent()) {
            throw reading.damaged(at, fault.get());
        }
    }

    /** What is wrong with the sums of a descriptor. */
    static Optional<String> fault(ByteBuffer descriptor) {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += i == CHECKSUM_AT ? 0 : Unsigned.u8(descriptor, i);
        }
        int said = Unsigned.u8(descriptor, CHECKSUM_AT);
        if ((sum & 0xFF) != said) {
            return Optional.of("a UDF tag with the checksum " + said + "; expected " + (sum & 0xFF));
        }
        int length = Unsigned.u16(descriptor, 10);
        if (length > descriptor.limit() - LENGTH) {
            return Optional.of(
                    "a UDF descriptor of " + length + " bytes; expected at most " + (descriptor.limit() - LENGTH));
        }
        int crc = crc(descriptor, LENGTH, length);
        return crc == Unsigned.u16(descriptor, 8)
                ? Optional.empty()
                : Optional.of("a UDF descriptor with the CRC " + Unsigned.u16(descriptor, 8) + "; expected " + crc);
    }

    private static int crc(ByteBuffer bytes, int from, int length) {
        int crc = 0;
        for (int i = from; i < from + length; i++) {
            crc = ((crc << 8) & 0xFFFF) ^ CRC[(crc >>> 8) ^ Unsigned.u8(bytes, i)];
        }
        return crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            table[i] = crc & 0xFFFF;
        }
        return table;
    }
}
