package io.slipway.dhcp.handlers.migration;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/** Bytes as other servers write them. */
final class Hex {

    private Hex() {}

    /** Of {@code 0:1a:B} the form {@code 001a0b}. */
    static String padded(String text) {
        return Arrays.stream(text.split("[:-]"))
                .map(octet -> octet.length() == 1 ? "0" + octet : octet)
                .collect(Collectors.joining());
    }

    /** Whether it is a list of octets with colons, at least two. */
    static boolean isOctets(String text) {
        return text.matches("[0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2})+");
    }

    static String of(String latin1) {
        return HexFormat.of().formatHex(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
