package io.slipway.http.server;

import io.slipway.boot.BootRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a request line asks for.
 *
 * @param path in the normal form of {@link BootRequest}; empty when it names a folder, of which there is none to see
 */
record RequestTarget(Optional<String> path) {

    private static final String SCHEME = "http://";

    /**
     * Reads a target in origin form or absolute form (RFC 9112 section 3.2). The query has no meaning here. Escapes are
     * decoded once: {@code %252e} is the name {@code %2e}.
     *
     * @return empty for any other form, a broken escape, text that is not UTF-8 and a path that climbs
     */
    static Optional<RequestTarget> parse(String text) {
        return rawPath(text).flatMap(RequestTarget::decode).flatMap(path -> {
            Optional<String> normal = BootRequest.normalise(path);
            return normal.isPresent() || isFolder(path) ? Optional.of(new RequestTarget(normal)) : Optional.empty();
        });
    }

    private static boolean isFolder(String path) {
        // Normal once it names something in the folder: then the only fault was that it named the folder itself.
        return BootRequest.normalise(path + "/x").isPresent();
    }

    private static Optional<String> rawPath(String text) {
        String rest = text;
        if (text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            int end = indexOfAny(text, SCHEME.length());
            if (end == SCHEME.length()) {
                return Optional.empty();
            }
            rest = text.startsWith("/", end) ? text.substring(end) : "/";
        }
        // A fragment never leaves the client (RFC 9110 section 7.1).
        if (!rest.startsWith("/") || rest.indexOf('#') >= 0) {
            return Optional.empty();
        }
        int query = rest.indexOf('?');
        return Optional.of(query < 0 ? rest : rest.substring(0, query));
    }

    private static int indexOfAny(String text, int from) {
        int at = from;
        while (at < text.length() && "/?#".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Firmware sends some bytes without escaping them; each character of the text is one byte. */
    private static Optional<String> decode(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '%') {
                bytes.write(c);
                continue;
            }
            int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return Optional.empty();
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
