package io.slipway.tftp.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What can be written as a NUL-terminated field. */
final class WireText {

    private WireText() {}

    static void check(String text, String what) {
        Objects.requireNonNull(text, what);
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(what + " has a NUL, which ends the field on the wire");
        }
    }

    static String lowerCase(String text, String what) {
        check(text, what);
        return text.toLowerCase(Locale.ROOT);
    }

    static void checkBlock(int block) {
        if (block < 0 || block > 0xffff) {
            throw new IllegalArgumentException("block number " + block + "; expected 0 to 65535");
        }
    }

    /** A copy that keeps the order, with the names in lower case; of names that differ in case only the first stays. */
    static Map<String, String> options(Map<String, String> options) {
        Map<String, String> copy = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("option without a name");
            }
            check(value, "value of option '" + name + "'");
            copy.putIfAbsent(lowerCase(name, "option name"), value);
        });
        return Collections.unmodifiableMap(copy);
    }
}
