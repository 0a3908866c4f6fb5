package io.slipway.storage.s3;

import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of a blob, over as many connections as it takes: one that breaks is followed by another from where it
 * broke. The last bytes are given only when all of them together have the blob's digest.
 */
final class ResumedStream extends InputStream {

    /** How often a connection may break before more than {@link #PROGRESS} bytes have come. */
    private static final int BREAKS = 5;

    private static final long PROGRESS = 1 << 20;

    private final RemoteBlob blob;
    private final MessageDigest sum = Sums.sha256();
    private Optional<ResponseInputStream<GetObjectResponse>> connection = Optional.empty();
    private long position;
    private long lastBreak;
    private int breaks;
    private boolean isChecked;

    private ResumedStream(RemoteBlob blob) {
        this.blob = blob;
    }

    /** @throws IOException it is not there, or the store does not answer */
    static ResumedStream open(RemoteBlob blob) throws IOException {
        ResumedStream stream = new ResumedStream(blob);
        if (blob.size() == 0) {
            stream.check();
        } else {
            stream.connect();
        }
        return stream;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position < blob.size()) {
            int count = some(target, offset, (int) Math.min(length, blob.size() - position));
            if (count > 0) {
                sum.update(target, offset, count);
                position += count;
                if (position == blob.size()) {
                    check();
                }
                return count;
            }
        }
        if (!isChecked) {
            throw damaged();
        }
        return -1;
    }

    @Override
    public void close() {
        disconnect();
    }

    /** Some bytes, or none when the connection broke and there is a new one. */
    private int some(byte[] target, int offset, int length) throws IOException {
        try {
            int count = connection
                    .orElseThrow(() -> new IOException("the stream is closed"))
                    .read(target, offset, length);
            if (count > 0) {
                return count;
            }
            resume(new IOException("the connection ended"));
        } catch (IOException | RuntimeException broken) {
            if (connection.isEmpty()) {
                throw broken;
            }
            resume(broken);
        }
        return 0;
    }

    private void resume(Exception broken) throws IOException {
        disconnect();
        breaks = position - lastBreak > PROGRESS ? 1 : breaks + 1;
        lastBreak = position;
        if (breaks > BREAKS) {
            throw blob.bucket()
                    .failures()
                    .failure(
                            "read",
                            blob.key(),
                            "the connection broke " + breaks + " times, the last time at byte " + position + " of "
                                    + blob.size()
                                    + " ("
                                    + (broken instanceof IOException
                                            ? broken.getMessage()
                                            : broken.getClass().getName())
                                    + "); look at the store and the network");
        }
        connect();
    }

    private void connect() throws IOException {
        ResponseInputStream<GetObjectResponse> next = blob.bucket().read(blob.key(), position);
        Long length = next.response().contentLength();
        if (length != null && length != blob.size() - position) {
            next.abort();
            throw damaged();
        }
        connection = Optional.of(next);
    }

    private void disconnect() {
        // Not closed, as that reads what is left of it.
        connection.ifPresent(ResponseInputStream::abort);
        connection = Optional.empty();
    }

    private void check() throws IOException {
        if (!Digest.of(sum.digest()).equals(blob.digest())) {
            throw damaged();
        }
        isChecked = true;
        release();
    }

    /** All was read, so that the connection can be used again. */
    private void release() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (IOException e) {
            // Then it cannot be used again. All that was wanted has come.
            disconnect();
        }
        connection = Optional.empty();
    }

    private IOException damaged() {
        return blob.bucket()
                .failures()
                .failure(
                        "read",
                        blob.key(),
                        "its bytes are not those of its digest, it is damaged; import the image again");
    }
}
