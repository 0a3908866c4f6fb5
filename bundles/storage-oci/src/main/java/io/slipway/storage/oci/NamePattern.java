package io.slipway.storage.oci;

import java.util.regex.Pattern;

/**
 * Which image names are meant.
 *
 * @param text {@code *} stands for any characters, {@code ?} for one
 */
record NamePattern(String text, Pattern pattern) {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9._/*?-]+");

    /** @throws IllegalArgumentException when no image name could be like it */
    static NamePattern parse(String text) {
        if (!ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no pattern of image names");
        }
        String regex = text.replaceAll("[.-]", "\\\\$0").replace("*", ".*").replace('?', '.');
        return new NamePattern(text, Pattern.compile(regex));
    }

    /** Whether it is one name, which need not be looked for. */
    boolean isName() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
