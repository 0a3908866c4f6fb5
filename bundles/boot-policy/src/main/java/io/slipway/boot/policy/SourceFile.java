package io.slipway.boot.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A file as it was read.
 *
 * @param name without its folder
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the reader to the parser; files are never compared
record SourceFile(String name, byte[] bytes) {

    /** The largest file that is read, in bytes. */
    static final int MAX_BYTES = 1 << 20;

    SourceFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bytes, "bytes");
    }

    /** The text, without a byte order mark. */
    String text() throws PolicyException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            Place place = Place.of(name, text, text.codePointCount(0, text.length()));
            throw new PolicyException(place, "not UTF-8 text; save the file in UTF-8");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
