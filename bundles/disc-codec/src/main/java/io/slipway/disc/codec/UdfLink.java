package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The target of a symbolic link, whose bytes are path components (ECMA-167 4/14.16). */
final class UdfLink {

    private static final int HEADER = 4;

    private UdfLink() {}

    /** @param at the offset of the link's file entry, for messages */
    static String target(DiscReading reading, ByteBuffer bytes, long at) throws IOException {
        StringBuilder target = new StringBuilder();
        boolean slash = false;
        int position = 0;
        while (position < bytes.limit()) {
            int length = position + HEADER <= bytes.limit() ? Unsigned.u8(bytes, position + 1) : Integer.MAX_VALUE;
            if (length > bytes.limit() - position - HEADER) {
                throw reading.damaged(at, "a part of a symbolic link that reaches over its end; expected it to fit");
            }
            if (slash) {
                target.append('/');
            }
            int type = Unsigned.u8(bytes, position);
            target.append(
                    switch (type) {
                        case 1, 2 -> "/";
                        case 3 -> "..";
                        case 4 -> ".";
                        case 5 -> UdfText.of(reading, bytes.slice(position + HEADER, length), at);
                        default ->
                            throw reading.damaged(
                                    at, "a part of a symbolic link of the type " + type + "; expected 1 to 5");
                    });
            slash = type > 2;
            position += HEADER + length;
        }
        return target.toString();
    }
}
