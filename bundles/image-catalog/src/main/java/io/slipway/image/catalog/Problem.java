package io.slipway.image.catalog;

import java.util.Objects;

/**
 * Why a file of the catalogue is refused.
 *
 * @param file its name, without its folder
 * @param line from 1; 0 when the file as a whole is meant
 * @param reason on one line, cut when it is very long
 */
public record Problem(String file, int line, String reason) {

    private static final int LONGEST = 300;

    public Problem {
        Objects.requireNonNull(file, "file");
        reason = shorten(reason, LONGEST);
    }

    /** A text from a file, short enough for a message and on one line. */
    static String shorten(String text, int longest) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest)) + "…";
    }

    /** {@code file:line: reason}. */
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + ": " + reason;
    }
}
