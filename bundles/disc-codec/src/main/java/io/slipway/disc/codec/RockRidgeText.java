package io.slipway.disc.codec;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names of POSIX, which are bytes: UTF-8 where they are that, and Latin-1 otherwise. */
final class RockRidgeText {

    private RockRidgeText() {}

    static String of(ByteArrayOutputStream bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException old) {
            // A disc of a system whose locale was not UTF-8; in Latin-1 every byte is a character.
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
