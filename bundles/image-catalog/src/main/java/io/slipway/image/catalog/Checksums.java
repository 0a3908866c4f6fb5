package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SHA-256 sums of files, as {@code sha256sum} writes them, with or without {@code --tag}. Other lines, such as
 * comments and sums of other kinds, are passed over.
 *
 * @param digests by path, without {@code ./} before it
 */
record Checksums(Map<String, Digest> digests) {

    /** The largest that is read, in bytes. */
    static final int LARGEST = 8 << 20;

    private static final Pattern PLAIN = Pattern.compile("([0-9A-Fa-f]{64}) [ *](\\S.*)");
    private static final Pattern TAGGED = Pattern.compile("SHA256 \\((\\S.*)\\) = ([0-9A-Fa-f]{64})");

    Checksums {
        digests = Map.copyOf(digests);
    }

    /** @throws IOException what it is not, as in "it …" */
    static Checksums parse(byte[] text) throws IOException {
        Map<String, Digest> digests = new HashMap<>();
        for (String line : new String(text, UTF_8).split("\r?\n")) {
            Matcher plain = PLAIN.matcher(line);
            Matcher tagged = TAGGED.matcher(line);
            if (plain.matches()) {
                put(digests, plain.group(2), plain.group(1));
            } else if (tagged.matches()) {
                put(digests, tagged.group(1), tagged.group(2));
            }
        }
        if (digests.isEmpty()) {
            throw new IOException("it has no SHA-256 sums");
        }
        return new Checksums(digests);
    }

    Optional<Digest> of(String path) {
        return Optional.ofNullable(digests.get(path));
    }

    private static void put(Map<String, Digest> digests, String path, String hex) throws IOException {
        String bare = path.startsWith("./") ? path.substring(2) : path;
        Digest digest = new Digest(hex.toLowerCase(Locale.ROOT));
        Digest before = digests.putIfAbsent(bare, digest);
        if (before != null && !before.equals(digest)) {
            throw new IOException("it has " + Problem.shorten(bare, 100) + " twice, and not alike");
        }
    }
}
