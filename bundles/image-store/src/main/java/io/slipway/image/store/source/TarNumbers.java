package io.slipway.image.store.source;

/**
 * Numbers in a tar header: octal digits (POSIX.1-2017, pax, "ustar Interchange Format"), or base-256 where GNU tar needs
 * more (GNU tar manual, "Extensions to the tar archive format").
 */
final class TarNumbers {

    private static final int BASE_256 = 0x80;
    private static final int NEGATIVE = 0x40;

    private TarNumbers() {}

    /** @throws TarFault says what the field holds instead of a number that fits in 64 bits */
    static long parse(byte[] block, int offset, int length) throws TarFault {
        return (block[offset] & BASE_256) == 0 ? octal(block, offset, length) : base256(block, offset, length);
    }

    /** Spaces or NULs around the digits; an empty field is 0, as tar programs have it. */
    private static long octal(byte[] block, int offset, int length) throws TarFault {
        int at = offset;
        int end = offset + length;
        while (at < end && block[at] == ' ') {
            at++;
        }
        long value = 0;
        for (; at < end && block[at] >= '0' && block[at] <= '7'; at++) {
            if (value >>> 60 != 0) {
                throw new TarFault("a number is longer than 63 bits");
            }
            value = (value << 3) + (block[at] - '0');
        }
        for (; at < end; at++) {
            if (block[at] != 0 && block[at] != ' ') {
                throw new TarFault("a number has the byte 0x" + Integer.toHexString(block[at] & 0xff)
                        + " instead of an octal digit");
            }
        }
        return value;
    }

    /** Two's complement, the highest bit first; the first bit only says that it is base-256. */
    private static long base256(byte[] block, int offset, int length) throws TarFault {
        long sign = (block[offset] & NEGATIVE) == 0 ? 0 : -1;
        long value = sign == 0 ? block[offset] & 0x3f : block[offset];
        for (int at = offset + 1; at < offset + length; at++) {
            if (value >> 55 != sign) {
                throw new TarFault("a number is longer than 64 bits");
            }
            value = (value << 8) + (block[at] & 0xff);
        }
        return value;
    }
}
