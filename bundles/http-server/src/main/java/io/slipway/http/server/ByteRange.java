package io.slipway.http.server;

import java.util.ArrayList;
import java.util.Comparator;
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

    private static final Pattern FIELD = Pattern.compile("(?i:bytes)=(.*)");
    private static final Pattern SPEC = Pattern.compile("[ \\t]*(\\d*)-(\\d*)[ \\t]*");

    /** More parts than this are no use to anybody but who wants to keep a server busy (RFC 9110 section 17.15). */
    private static final int MOST = 16;

    private static final ByteRange OUTSIDE = new ByteRange(0, 0);

    ByteRange {
        if (first < 0 || count < 0 || first + count < 0) {
            throw new IllegalArgumentException("range of " + count + " bytes at " + first);
        }
    }

    /**
     * What a Range header asks of a file (RFC 9110 section 14.1.2). Parts that lie outside of the file are left out, if
     * there are others; many parts, and parts that overlap, are as if they had not been asked for (section 14.2).
     *
     * @param fields the values of all header lines of that name
     * @return in the order in which they were asked for; empty when the whole file is to be sent
     */
    static List<ByteRange> of(List<String> fields, long length) {
        Matcher field = FIELD.matcher(fields.size() == 1 ? fields.get(0) : "");
        if (!field.matches()) {
            return List.of();
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (String spec : field.group(1).split(",", MOST + 2)) {
            if (spec.isBlank()) {
                continue;
            }
            Optional<ByteRange> range = one(SPEC.matcher(spec), length);
            if (range.isEmpty()) {
                return List.of();
            }
            ranges.add(range.get());
        }
        List<ByteRange> inside =
                ranges.stream().filter(range -> !range.isOutside()).toList();
        if (inside.isEmpty()) {
            return ranges.isEmpty() ? List.of() : List.of(OUTSIDE);
        }
        return inside.size() > MOST || overlap(inside) ? List.of() : inside;
    }

    private static boolean overlap(List<ByteRange> ranges) {
        List<ByteRange> sorted = ranges.stream()
                .sorted(Comparator.comparingLong(ByteRange::first))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).first()
                    < sorted.get(i - 1).first() + sorted.get(i - 1).count()) {
                return true;
            }
        }
        return false;
    }

    private static Optional<ByteRange> one(Matcher spec, long length) {
        if (!spec.matches()) {
            return Optional.empty();
        }
        return spec.group(1).isEmpty()
                ? suffix(spec.group(2), length)
                : between(number(spec.group(1)), spec.group(2), length);
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
