package io.slipway.image.store.source;

import java.util.Locale;

/** Names of files as an image can have them, and a URL and a kernel's arguments without any escapes. */
final class FileNames {

    private static final int LONGEST = 128;

    private FileNames() {}

    /**
     * A name with {@code -} for all that is not a letter of ASCII, a digit or one of {@code . _ + -}.
     *
     * @param otherwise what to take when nothing is left of it
     */
    static String plain(String name, String otherwise) {
        String plain = name.replaceAll("[^A-Za-z0-9._+-]+", "-").replaceFirst("^[.-]+", "");
        if (plain.isEmpty()) {
            return otherwise;
        }
        // The end says what it is.
        return plain.length() <= LONGEST ? plain : plain.substring(plain.length() - LONGEST);
    }

    /** The path of a disc in an image: a plain name that ends in {@code .iso}. */
    static String iso(String name) {
        String plain = plain(name, "disc.iso");
        return plain.toLowerCase(Locale.ROOT).endsWith(".iso") ? plain : plain + ".iso";
    }
}
