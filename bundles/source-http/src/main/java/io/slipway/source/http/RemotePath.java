package io.slipway.source.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A file of the other server's tree.
 *
 * @param text relative to the tree, as a machine asked for it: normal, without {@code ..}
 */
record RemotePath(String text) {

    private static final int LONGEST = 1024;

    /** What a path may have as it is (RFC 3986 section 3.3, pchar). */
    private static final String PLAIN = "-._~!$&'()*+,;=:@/";

    RemotePath {
        if (!isSafe(text)) {
            throw new IllegalArgumentException("path '" + text.replaceAll("\\p{Cc}", "?") + "' leads elsewhere");
        }
    }

    /**
     * What a path of the boot content is in the tree; empty when it is not below, or could lead out of the tree at a
     * server, or a proxy, that decodes more often than it should.
     *
     * @param root absolute and normal, as {@code path} is
     */
    static Optional<RemotePath> below(String root, String path) {
        boolean isBelow = path.startsWith(root + "/");
        return isBelow && isSafe(path.substring(root.length() + 1))
                ? Optional.of(new RemotePath(path.substring(root.length() + 1)))
                : Optional.empty();
    }

    private static boolean isSafe(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > LONGEST || text.indexOf('\\') >= 0) {
            return false;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        // An escaped dot, slash, backslash, control character or percent sign: in a path that was decoded already.
        if (lower.matches(".*%(?:2e|2f|5c|25|[01][0-9a-f]|7f).*")) {
            return false;
        }
        for (String segment : text.split("/", -1)) {
            // Some servers take what follows a semicolon for a parameter, and the rest for the name.
            String name = segment.split(";", 2)[0];
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return false;
            }
        }
        return true;
    }

    /** For a URL: every character that is not plain is escaped, so that none means anything but itself. */
    String escaped() {
        StringBuilder escaped = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xff);
            boolean isPlain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
            if (isPlain) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "%%%02X", one & 0xff));
            }
        }
        return escaped.toString();
    }
}
