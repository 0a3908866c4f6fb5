package io.slipway.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Gives its bytes, then fails where the end would be. */
public final class BrokenStream extends InputStream {

    public static final String REASON = "the cable was pulled";

    private final ByteArrayInputStream begun;

    public BrokenStream(byte[] begun) {
        this.begun = new ByteArrayInputStream(begun);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = begun.read(target, offset, length);
        if (count < 0) {
            throw new IOException(REASON);
        }
        return count;
    }
}
