package io.slipway.image.store.source;

import io.slipway.image.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** A stream that ends as others do only when it was what was expected; else its end is an exception. */
final class VerifiedStream extends FilterInputStream {

    private final String name;
    private final long size;
    private final Digest expected;
    private final MessageDigest sha256 = Digest.sum();
    private long done;

    /** @param name what messages call it */
    VerifiedStream(String name, InputStream bytes, long size, Digest expected) {
        super(bytes);
        this.name = name;
        this.size = size;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count >= 0) {
            sha256.update(target, offset, count);
            done += count;
            if (done > size) {
                throw new IOException(name + " has more than its " + size + " bytes; copy the image again");
            }
        } else {
            checkEnd();
        }
        return count;
    }

    /** What is skipped would not be verified. */
    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        byte[] buffer = new byte[8192];
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void checkEnd() throws IOException {
        if (done < size) {
            throw new IOException(name + " has " + done + " bytes instead of " + size + "; copy the image again");
        }
        Digest found = Digest.soFar(sha256);
        if (!found.equals(expected)) {
            throw new IOException(name + " is damaged: its bytes are those of " + found + "; copy the image again");
        }
    }
}
