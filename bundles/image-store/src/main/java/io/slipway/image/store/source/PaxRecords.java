package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What extended headers say of an entry (POSIX.1-2017, pax, "pax Extended Header"): records
 * {@code <length> <keyword>=<value>\n}. Kept is only what a source of images uses.
 */
final class PaxRecords {

    static final String PATH = "path";
    static final String LINK_PATH = "linkpath";
    private static final String SIZE = "size";
    private static final String MODIFIED = "mtime";
    /** GNU tar manual, "Storing Sparse Files": versions 0.0, 0.1 and 1.0 begin with this. */
    private static final String SPARSE = "GNU.sparse.";

    private static final Pattern LENGTH = Pattern.compile("[1-9][0-9]{0,7}");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern TIME = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,30})?");

    private final Map<String, byte[]> values = new HashMap<>();
    private boolean sparse;

    PaxRecords() {}

    /** Those of the archive, which an entry's own are added to. */
    PaxRecords(PaxRecords global) {
        values.putAll(global.values);
        sparse = global.sparse;
    }

    /**
     * Adds the records of one extended header; a later one counts.
     *
     * @throws TarFault says what is not as POSIX has it
     */
    void add(byte[] header) throws TarFault {
        int at = 0;
        while (at < header.length) {
            int space = indexOf(header, ' ', at, Math.min(header.length, at + 9));
            String length = space < 0 ? "" : new String(header, at, space - at, ISO_8859_1);
            if (!LENGTH.matcher(length).matches()) {
                throw new TarFault("a record of an extended header has no length");
            }
            int end = at + Integer.parseInt(length);
            if (end <= space || end > header.length || header[end - 1] != '\n') {
                throw new TarFault(
                        "a record of an extended header has the length " + length + " and does not end there");
            }
            record(header, space + 1, end - 1);
            at = end;
        }
    }

    /** A value, when it is said. An empty one takes back what was said before. */
    Optional<byte[]> value(String keyword) {
        return Optional.ofNullable(values.get(keyword));
    }

    boolean isSparse() {
        return sparse;
    }

    /**
     * In bytes; as the entry's header has it when nothing else is said.
     *
     * @throws TarFault it is no number of bytes
     */
    long size(TarHeader header) throws TarFault {
        Optional<byte[]> said = value(SIZE);
        if (said.isEmpty()) {
            return header.size();
        }
        String size = new String(said.get(), ISO_8859_1);
        if (!WHOLE.matcher(size).matches()) {
            throw new TarFault("its extended header gives the size '" + Names.shown(size) + "'");
        }
        return Long.parseLong(size);
    }

    /**
     * When the entry was changed last; as its header has it when nothing else is said.
     *
     * @throws TarFault it is no decimal number of seconds
     */
    Instant modified(TarHeader header) throws TarFault {
        Optional<byte[]> said = value(MODIFIED);
        if (said.isEmpty()) {
            return Instant.ofEpochSecond(within(header.modified()));
        }
        String time = new String(said.get(), ISO_8859_1);
        if (!TIME.matcher(time).matches()) {
            throw new TarFault("its extended header gives the time '" + Names.shown(time) + "'");
        }
        BigDecimal seconds = new BigDecimal(time);
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        return Instant.ofEpochSecond(within(whole.longValueExact()), nanos);
    }

    /** A time that no calendar has is no reason to refuse a file. */
    private static long within(long seconds) {
        return Math.max(Instant.MIN.getEpochSecond(), Math.min(Instant.MAX.getEpochSecond(), seconds));
    }

    private void record(byte[] header, int from, int to) throws TarFault {
        int equals = indexOf(header, '=', from, to);
        if (equals <= from) {
            throw new TarFault("a record of an extended header has no keyword");
        }
        String keyword = new String(header, from, equals - from, ISO_8859_1);
        switch (keyword) {
            case PATH, LINK_PATH, SIZE, MODIFIED -> set(keyword, Arrays.copyOfRange(header, equals + 1, to));
            default -> sparse = sparse || keyword.startsWith(SPARSE);
        }
    }

    private void set(String keyword, byte[] value) {
        if (value.length == 0) {
            values.remove(keyword);
        } else {
            values.put(keyword, value);
        }
    }

    private static int indexOf(byte[] bytes, char sought, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] == sought) {
                return at;
            }
        }
        return -1;
    }
}
