package io.slipway.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** As much of a stream as is in memory at a time. Grows with what is read, up to its capacity, and is used again. */
final class Part {

    private static final int FIRST = 64 * 1024;

    private final int capacity;
    private byte[] bytes;
    private int length;

    /** @param capacity in bytes */
    Part(int capacity) {
        this.capacity = capacity;
        this.bytes = new byte[Math.min(FIRST, capacity)];
    }

    /** A part that is these bytes. */
    static Part of(byte[] bytes) {
        Part part = new Part(bytes.length);
        part.bytes = bytes;
        part.length = bytes.length;
        return part;
    }

    /**
     * Takes the next bytes of a stream, and adds them to a sum, until this is full.
     *
     * @return whether the stream has ended
     */
    boolean fill(InputStream stream, MessageDigest sum) throws IOException {
        length = 0;
        while (length < capacity) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(capacity, bytes.length * 2L));
            }
            int count = stream.read(bytes, length, bytes.length - length);
            if (count < 0) {
                return true;
            }
            sum.update(bytes, length, count);
            length += count;
        }
        return false;
    }

    /** The first {@link #length} count. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** For {@code Content-MD5}. */
    String md5() {
        MessageDigest sum = Sums.md5();
        sum.update(bytes, 0, length);
        return Base64.getEncoder().encodeToString(sum.digest());
    }
}
