package io.slipway.disc.codec;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** How the identifiers of a tree of ISO 9660 are written. */
enum IsoNames {
    /** One byte a character; Latin-1, of which the standard allows but few (ECMA-119 section 7.4). */
    PLAIN(StandardCharsets.ISO_8859_1),
    /** Joliet: UCS-2, big-endian. */
    JOLIET(StandardCharsets.UTF_16BE);

    private static final Pattern VERSION = Pattern.compile(";[0-9]{1,5}$");

    private final Charset charset;

    IsoNames(Charset charset) {
        this.charset = charset;
    }

    String text(ByteBuffer identifier) {
        return charset.decode(identifier.duplicate()).toString();
    }

    /** Without the version of a file, {@code ;1}, and the dot of a name that has no extension (ECMA-119 section 7.5). */
    String name(ByteBuffer identifier) {
        String name = VERSION.matcher(text(identifier)).replaceFirst("");
        int end = name.length();
        while (end > 1 && name.charAt(end - 1) == '.') {
            end--;
        }
        return name.substring(0, end);
    }
}
