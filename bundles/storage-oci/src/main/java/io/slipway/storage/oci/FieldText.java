package io.slipway.storage.oci;

import java.util.Optional;

/** The text of a header field, read from its start (RFC 9110 section 5.6). */
final class FieldText {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String TOKEN68_MARKS = "-._~+/";

    private final String text;
    private int at;

    FieldText(String text) {
        this.text = text;
    }

    /** Skips any of these characters; whether something is left then. */
    boolean skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length();
    }

    /** Whether there were any. */
    boolean skipSpaces() {
        int before = at;
        skip(" \t");
        return at > before;
    }

    boolean accept(char wanted) {
        boolean isThere = at < text.length() && text.charAt(at) == wanted;
        at += isThere ? 1 : 0;
        return isThere;
    }

    /** RFC 9110 section 5.6.2; empty when there is none here. */
    String token() {
        int start = at;
        while (at < text.length() && isToken(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Empty when there is neither, or the quote has no end. */
    Optional<String> tokenOrQuoted() {
        if (accept('"')) {
            return quoted();
        }
        String token = token();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    /** RFC 9110 section 5.6.4, behind the opening quote. */
    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(value.toString());
            }
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
            }
            value.append(c);
        }
        return Optional.empty();
    }

    /** RFC 9110 section 11.2: it stands alone behind a scheme. A parameter's name is left where it is. */
    void skipToken68() {
        int end = at;
        while (end < text.length() && isLetterOrDigitOr(text.charAt(end), TOKEN68_MARKS)) {
            end++;
        }
        while (end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        int behind = end;
        while (behind < text.length() && (text.charAt(behind) == ' ' || text.charAt(behind) == '\t')) {
            behind++;
        }
        if (behind == text.length() || text.charAt(behind) == ',') {
            at = end;
        }
    }

    /** The text up to a character, which is skipped; empty when it does not come. */
    Optional<String> upTo(char end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            return Optional.empty();
        }
        String before = text.substring(at, found);
        at = found + 1;
        return Optional.of(before);
    }

    private static boolean isToken(char c) {
        return isLetterOrDigitOr(c, TOKEN_MARKS);
    }

    private static boolean isLetterOrDigitOr(char c, String marks) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || marks.indexOf(c) >= 0;
    }
}
