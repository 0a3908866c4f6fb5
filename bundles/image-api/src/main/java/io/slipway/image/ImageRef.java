package io.slipway.image;

import java.util.regex.Pattern;

/**
 * What people call an image: {@code debian-12:current}. A tag can be moved; the image that it names never changes.
 *
 * @param name lower-case letters, digits and {@code . _ - /}, as OCI repository names
 * @param tag letters, digits and {@code . _ -}, at most 128, as OCI tags
 */
public record ImageRef(String name, String tag) implements Comparable<ImageRef> {

    /** The tag of a reference that gives none. */
    public static final String DEFAULT_TAG = "latest";

    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    public ImageRef {
        if (name.length() > 255 || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "image name '" + name + "'; expected lower-case letters, digits and . _ - / such as debian-12");
        }
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "image tag '" + tag + "'; expected letters, digits and . _ - such as current");
        }
    }

    /** Parses {@code name} or {@code name:tag}. */
    public static ImageRef parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new ImageRef(text, DEFAULT_TAG)
                : new ImageRef(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public int compareTo(ImageRef other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : tag.compareTo(other.tag);
    }

    @Override
    public String toString() {
        return name + ":" + tag;
    }
}
