package io.slipway.dhcp.boot;

import io.slipway.boot.BootClient;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which clients are meant: a MAC address, an architecture as {@code boot:explain} names it, or an option 60; {@code *}
 * stands for any characters, {@code ?} for one, letters in any case.
 */
record ClientPattern(String text) {

    ClientPattern {
        text = text.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("'" + text + "' is no pattern of clients");
        }
    }

    boolean matches(BootClient client) {
        return isLike(client.mac().toString())
                || isLike(client.architecture().toString())
                || client.vendorClass().filter(this::isLike).isPresent();
    }

    private boolean isLike(String value) {
        String regex = Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return value.toLowerCase(Locale.ROOT).matches(regex);
    }
}
