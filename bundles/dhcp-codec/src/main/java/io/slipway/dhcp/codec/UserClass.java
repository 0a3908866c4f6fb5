package io.slipway.dhcp.codec;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Option 77: counted strings by RFC 3004 section 4, plain text by iPXE and most others. */
public final class UserClass {

    private UserClass() {}

    /** The first counted string when the bytes are exactly such strings, else all of them as text. */
    public static Optional<String> parse(byte[] bytes) {
        String text = isCounted(bytes) ? text(bytes, 1, bytes[0] & 0xff) : text(bytes, 0, bytes.length);
        return Optional.of(printable(text)).filter(name -> !name.isEmpty());
    }

    /** All of the bytes as printable text. */
    public static String text(byte[] bytes) {
        return printable(text(bytes, 0, bytes.length));
    }

    private static boolean isCounted(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && bytes[at] != 0) {
            at += 1 + (bytes[at] & 0xff);
        }
        return bytes.length > 0 && at == bytes.length;
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
    }

    /** It goes to logs, terminals and rules: no trailing NULs, nothing that is not printable ASCII. */
    public static String printable(String text) {
        return text.replaceAll("\0+$", "").replaceAll("[^ -~]", "?");
    }
}
