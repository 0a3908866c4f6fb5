package io.slipway.boot.policy;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A value that a label may have; {@code *} stands for any characters. MACs and UUIDs are compared without regard to
 * case, MACs also without their separators.
 *
 * @param written as in the file
 * @param canonical what is compared
 */
public record LabelPattern(String label, String written, String canonical) {

    private static final Pattern MAC_SEPARATORS = Pattern.compile("[:.-]");

    public LabelPattern {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(written, "written");
        Objects.requireNonNull(canonical, "canonical");
    }

    /**
     * A pattern for the value of a label.
     *
     * @param written the value, in which {@code *} stands for any characters
     */
    public static LabelPattern of(String label, String written) {
        return new LabelPattern(label, written, canonical(label, written));
    }

    boolean isExact() {
        return canonical.indexOf('*') < 0;
    }

    /**
     * Whether a value fits.
     *
     * @param value of the label, in its {@linkplain #canonical canonical} form
     */
    public boolean matches(String value) {
        return isExact() ? canonical.equals(value) : matchesGlob(value);
    }

    /** Takes time in proportion to the product of the lengths, whatever the pattern. */
    private boolean matchesGlob(String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (in < canonical.length() && canonical.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < canonical.length() && canonical.charAt(in) == text.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < canonical.length() && canonical.charAt(in) == '*') {
            in++;
        }
        return in == canonical.length();
    }

    /** The form in which the values of a label are compared. */
    public static String canonical(String label, String value) {
        return switch (label) {
            case "mac" -> MAC_SEPARATORS.matcher(value.toLowerCase(Locale.ROOT)).replaceAll("");
            case "uuid" -> value.toLowerCase(Locale.ROOT);
            default -> value;
        };
    }

    @Override
    public String toString() {
        return written;
    }
}
