package io.slipway.dhcp.codec;

import java.util.Arrays;

/**
 * The options of one message: each code once, in ascending order, with its bytes. Two small arrays, for a message has few
 * options, is searched for most of them, and is copied several times on its way. The values are not copied and must not
 * be changed by anybody.
 */
final class OptionBytes {

    private static final int USUAL = 16;

    /** Is given the options. */
    interface Visitor {
        void option(int code, byte[] value);
    }

    private int[] codes;
    private byte[][] values;
    private int size;

    OptionBytes() {
        codes = new int[USUAL];
        values = new byte[USUAL][];
    }

    OptionBytes(OptionBytes other) {
        codes = other.codes.clone();
        values = other.values.clone();
        size = other.size;
    }

    /** The bytes of an option; null when it is not there, which stays within this package. */
    byte[] get(int code) {
        for (int i = 0; i < size; i++) {
            if (codes[i] == code) {
                return values[i];
            }
        }
        return null;
    }

    /** Sets an option, in place of what it was. */
    void put(int code, byte[] value) {
        int at = place(code);
        if (at == size || codes[at] != code) {
            makeRoom(at);
            codes[at] = code;
        }
        values[at] = value;
    }

    /** Sets an option, or adds to what it was (RFC 3396 section 7). */
    void append(int code, byte[] more) {
        byte[] before = get(code);
        if (before == null) {
            put(code, more);
            return;
        }
        byte[] joined = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, joined, before.length, more.length);
        put(code, joined);
    }

    void remove(int code) {
        int at = place(code);
        if (at < size && codes[at] == code) {
            size--;
            System.arraycopy(codes, at + 1, codes, at, size - at);
            System.arraycopy(values, at + 1, values, at, size - at);
            values[size] = null;
        }
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < size; i++) {
            visitor.option(codes[i], values[i]);
        }
    }

    private int place(int code) {
        int at = 0;
        while (at < size && codes[at] < code) {
            at++;
        }
        return at;
    }

    private void makeRoom(int at) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        System.arraycopy(codes, at, codes, at + 1, size - at);
        System.arraycopy(values, at, values, at + 1, size - at);
        size++;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptionBytes options
                && size == options.size
                && Arrays.equals(codes, 0, size, options.codes, 0, size)
                && Arrays.deepEquals(Arrays.copyOf(values, size), Arrays.copyOf(options.values, size));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(Arrays.copyOf(codes, size)) + Arrays.deepHashCode(Arrays.copyOf(values, size));
    }
}
