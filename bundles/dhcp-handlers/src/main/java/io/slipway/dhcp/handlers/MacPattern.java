package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A pattern of MAC addresses: {@code *} stands for any characters, {@code ?} for one.
 *
 * @param text in the form of {@link MacAddress#toString()}
 */
record MacPattern(String text) {

    private static final Pattern VALID = Pattern.compile("[0-9a-f:*?]+");

    MacPattern {
        text = text.toLowerCase(Locale.ROOT).replace('-', ':');
        if (!VALID.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a MAC address pattern");
        }
    }

    boolean matches(MacAddress mac) {
        return text.equals("*") || new TextPattern(text).matches(mac.toString());
    }
}
