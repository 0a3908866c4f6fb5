package io.slipway.image.store.export;

import io.slipway.image.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** The bytes of a blob; at its end it fails if they were others than the digest says. */
final class CheckedStream extends FilterInputStream {

    private final Digest expected;
    private final long size;
    private final MessageDigest sha256;
    private long read;

    CheckedStream(InputStream bytes, Digest expected, long size) {
        this(bytes, expected, size, Digest.sum());
    }

    private CheckedStream(InputStream bytes, Digest expected, long size, MessageDigest sha256) {
        super(new DigestInputStream(bytes, sha256));
        this.expected = expected;
        this.size = size;
        this.sha256 = sha256;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0) {
            read += count;
        } else if (count < 0 && (read != size || !Digest.of(sha256.digest()).equals(expected))) {
            throw new IOException(
                    "blob " + expected + " is damaged where it is stored; image:verify names what it hurts");
        }
        return count;
    }
}
