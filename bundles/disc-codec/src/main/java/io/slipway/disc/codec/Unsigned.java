package io.slipway.disc.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Numbers in the bytes of a disc, little-endian. Of a number that ISO 9660 has in both orders the first one is read, as
 * every system does: there are discs whose second one is wrong.
 */
final class Unsigned {

    private Unsigned() {}

    static int u8(ByteBuffer bytes, int at) {
        return Byte.toUnsignedInt(bytes.get(at));
    }

    static int u16(ByteBuffer bytes, int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    static long u32(ByteBuffer bytes, int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    /** A part of a buffer, which unlike {@link ByteBuffer#slice()} keeps the order of bytes. */
    static ByteBuffer slice(ByteBuffer bytes, int at, int length) {
        return bytes.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    static String ascii(ByteBuffer bytes, int at, int length) {
        return StandardCharsets.ISO_8859_1.decode(bytes.slice(at, length)).toString();
    }
}
