package io.slipway.dhcp.handlers.migration;

import java.util.Objects;

/**
 * A word, a string or a sign of ISC dhcpd's language.
 *
 * @param text without the quotes of a string, its escapes resolved to bytes as Latin-1
 */
record IscToken(Kind kind, String text, int line) {

    enum Kind {
        WORD,
        STRING,
        SIGN
    }

    IscToken {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    @Override
    public String toString() {
        return kind == Kind.STRING ? '"' + text + '"' : text;
    }
}
