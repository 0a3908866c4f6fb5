package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** OSTA compressed Unicode (OSTA UDF section 2.1.1): a byte that says how many bits a character has, and those. */
final class UdfText {

    private UdfText() {}

    /** @param at the offset of what holds it, for messages */
    static String of(DiscReading reading, ByteBuffer bytes, long at) throws IOException {
        if (!bytes.hasRemaining()) {
            return "";
        }
        int bits = Unsigned.u8(bytes, 0);
        ByteBuffer rest = bytes.slice(1, bytes.limit() - 1);
        if (bits == 8) {
            return StandardCharsets.ISO_8859_1.decode(rest).toString();
        }
        if (bits == 16 && rest.remaining() % 2 == 0) {
            return StandardCharsets.UTF_16BE.decode(rest).toString();
        }
        throw reading.damaged(
                at,
                "a UDF text of " + rest.remaining() + " bytes with the compression " + bits
                        + "; expected 8, or 16 and an even number of bytes");
    }

    /** A text in a field whose last byte says how many bytes of it are used (ECMA-167 1/7.2.12). */
    static String ofField(DiscReading reading, ByteBuffer field, long at) throws IOException {
        int used = Math.min(Unsigned.u8(field, field.limit() - 1), field.limit() - 1);
        return of(reading, field.slice(0, used), at);
    }
}
