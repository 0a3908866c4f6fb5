package io.slipway.state;

import java.util.Objects;

/**
 * Where a record lives: one or more segments joined by {@code /}, for example {@code dhcp/lease/192.0.2.10}.
 *
 * @param path non-empty segments of printable ASCII without blanks, joined by {@code /}; at most {@value #MAX_LENGTH}
 *     characters
 */
public record Key(String path) implements Comparable<Key> {

    /** The longest path, in characters. */
    public static final int MAX_LENGTH = 512;

    public Key {
        Objects.requireNonNull(path, "path");
        if (path.isEmpty() || path.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("key of " + path.length() + " characters; expected 1 to " + MAX_LENGTH);
        }
        boolean segmentIsEmpty = true;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new IllegalArgumentException(
                        "key '" + path + "': character " + (int) c + " is not printable ASCII");
            }
            if (c == '/' && segmentIsEmpty) {
                throw new IllegalArgumentException("key '" + path + "' has an empty segment");
            }
            segmentIsEmpty = c == '/';
        }
        if (segmentIsEmpty) {
            throw new IllegalArgumentException("key '" + path + "' has an empty segment");
        }
    }

    /** Joins segments: {@code Key.of("dhcp", "lease", "192.0.2.10")}. */
    public static Key of(String first, String... more) {
        return new Key(more.length == 0 ? first : first + "/" + String.join("/", more));
    }

    /** This key with one more segment. */
    public Key child(String segment) {
        return new Key(path + "/" + segment);
    }

    /** The last segment. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether this key is {@code prefix} or lies below it; {@code a/bc} does not lie below {@code a/b}. */
    public boolean isUnder(Key prefix) {
        String other = prefix.path;
        return path.startsWith(other) && (path.length() == other.length() || path.charAt(other.length()) == '/');
    }

    @Override
    public int compareTo(Key other) {
        return path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path;
    }
}
