package io.slipway.disc.codec;

import java.io.ByteArrayOutputStream;

/** Fields one after another, as the discs have them that are written by hand. */
final class LittleEndian {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    LittleEndian u8(int value) {
        out.write(value);
        return this;
    }

    LittleEndian u16(int value) {
        return u8(value).u8(value >>> 8);
    }

    LittleEndian u32(long value) {
        return u16((int) value).u16((int) (value >>> 16));
    }

    LittleEndian u64(long value) {
        return u32(value).u32(value >>> 32);
    }

    /** The number in both orders, as ISO 9660 has it. */
    LittleEndian both16(int value) {
        return u16(value).u8(value >>> 8).u8(value);
    }

    /** The number in both orders, as ISO 9660 has it. */
    LittleEndian both32(long value) {
        u32(value);
        for (int shift = 24; shift >= 0; shift -= 8) {
            u8((int) (value >>> shift));
        }
        return this;
    }

    LittleEndian zeros(int count) {
        return put(new byte[count]);
    }

    /** Zeros up to this length of all. */
    LittleEndian upTo(int length) {
        return zeros(length - out.size());
    }

    LittleEndian put(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
