package io.slipway.http.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A run of bytes in a file.
 *
 * @param first position, 0 or more
 * @param count of bytes; 0 stands for a range that lies outside the file
 */
record ByteRange(long first, long count) {

    /** One range; several are served as the whole file (RFC 9110 section 14.2 lets a server ignore them). */
    private static final Pattern SINGLE = Pattern.compile("(?i:bytes)=[ \\t,]*(\\d*)-(\\d*)[ \\t,]*");

    private static final ByteRange OUTSIDE = new ByteRange(0, 0);

    ByteRange {
        if (first < 0 || count < 0 || first + count < 0) {
            throw new IllegalArgumentException("range of " + count + " bytes at " + first);
        }
    }

    /**
     * What a Range header asks of a file (RFC 9110 section 14.1.2).
     *
     * @param fields the values of all header lines of that name
     * @return empty when the whole file is to be sent
     */
    static Optional<ByteRange> of(List<String> fields, long length) {
        Matcher range = SINGLE.matcher(fields.size() == 1 ? fields.get(0) : "");
        if (!range.matches()) {
            return Optional.empty();
        }
        return range.group(1).isEmpty()
                ? suffix(range.group(2), length)
                : between(number(range.group(1)), range.group(2), length);
    }

    private static Optional<ByteRange> suffix(String digits, long length) {
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        long count = Math.min(number(digits), length);
        if (number(digits) > 0 && length == 0) {
            // The end of an empty file can be had, but no Content-Range can say so.
            return Optional.empty();
        }
        return Optional.of(new ByteRange(length - count, count));
    }

    private static Optional<ByteRange> between(long first, String lastDigits, long length) {
        long last = lastDigits.isEmpty() ? Long.MAX_VALUE : number(lastDigits);
        if (last < first) {
            return Optional.empty();
        }
        return Optional.of(first < length ? new ByteRange(first, Math.min(last, length - 1) - first + 1) : OUTSIDE);
    }

    /** A number of any size; what exceeds 18 digits is beyond every file. */
    private static long number(String digits) {
        String significant = digits.replaceFirst("^0+(?=.)", "");
        return significant.length() > 18 ? Long.MAX_VALUE : Long.parseLong(significant);
    }

    boolean isOutside() {
        return count == 0;
    }

    /** {@code first-last}. */
    @Override
    public String toString() {
        return first + "-" + (first + count - 1);
    }
}
