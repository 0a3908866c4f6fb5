package io.slipway.dhcp.handlers;

import java.util.Locale;

/**
 * A pattern of texts: {@code *} stands for any characters, {@code ?} for one; letters in any case.
 *
 * @param written at least one character, as it was written: other servers tell capitals from small letters
 * @param text the same in small letters
 */
record TextPattern(String written, String text) {

    TextPattern(String written) {
        this(written, written.toLowerCase(Locale.ROOT));
    }

    /** In time that grows with the product of both lengths at most, since texts come from the network. */
    boolean matches(String candidate) {
        String subject = candidate.toLowerCase(Locale.ROOT);
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < subject.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < text.length() && (text.charAt(at) == '?' || text.charAt(at) == subject.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                // the star takes one character more
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }
}
