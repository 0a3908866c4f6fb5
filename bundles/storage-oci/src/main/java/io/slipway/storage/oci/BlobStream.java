package io.slipway.storage.oci;

import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a blob. The last of them are handed out only when all of them hash to its digest. When the connection
 * breaks, the rest is asked for (RFC 9110 section 14.2, {@code Range}); a registry that sends it all again is listened to
 * from where it broke.
 */
final class BlobStream extends InputStream {

    /** How often it goes on without having come this much further. */
    private static final int ATTEMPTS = 5;

    /** In bytes. */
    private static final long PROGRESS = 8 << 20;

    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(?:\\d{1,18}|\\*)");

    private final RegistryClient client;
    private final Call call;
    private final Digest digest;
    private final long size;
    private final MessageDigest sum = Digest.sum();
    private Answer answer;
    private long position;
    private long lastBreak;
    private int attempts;
    private boolean isProved;
    private boolean isClosed;

    private BlobStream(RegistryClient client, Call call, Digest digest, long size) {
        this.client = client;
        this.call = call;
        this.digest = digest;
        this.size = size;
    }

    /** @throws IOException the registry does not have it, or does not give it */
    static BlobStream open(RegistryClient client, String repository, Digest digest, long size) throws IOException {
        Call call = Call.get(ApiPaths.blob(repository, digest), Scope.pull(repository));
        BlobStream stream = new BlobStream(client, call, digest, size);
        stream.answer = client.pull(call);
        long length = stream.answer.length().orElse(size);
        if (length != size) {
            stream.close();
            throw stream.wrong("it has " + length + " bytes there, and not " + size);
        }
        if (size == 0) {
            stream.prove();
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
        Objects.checkFromIndexSize(offset, length, target.length);
        if (isClosed) {
            throw new IOException("the blob " + digest + " is closed");
        }
        if (length == 0) {
            return 0;
        }
        if (position == size) {
            if (!isProved) {
                throw wrong("its bytes are not those of its digest");
            }
            return -1;
        }
        int count = some(target, offset, (int) Math.min(length, size - position));
        sum.update(target, offset, count);
        position += count;
        if (position == size) {
            prove();
        }
        return count;
    }

    /** At least one byte; goes on where it broke off. */
    private int some(byte[] target, int offset, int length) throws IOException {
        while (true) {
            IOException cause;
            try {
                int count = answer.body().read(target, offset, length);
                if (count > 0) {
                    return count;
                }
                cause = new IOException("it ends after " + position + " of " + size + " bytes");
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                cause = e;
            }
            resume(cause);
        }
    }

    private void resume(IOException broken) throws IOException {
        IOException cause = broken;
        boolean goesOn = false;
        while (!goesOn) {
            answer.giveUp();
            attempts = position - lastBreak >= PROGRESS ? 1 : attempts + 1;
            lastBreak = position;
            if (attempts > ATTEMPTS) {
                throw cause instanceof RegistryException
                        ? cause
                        : client.trouble().unanswered("GET", answer.address(), cause);
            }
            if (attempts > 1) {
                client.pause().await(Retries.backoff(attempts - 1));
            }
            try {
                answer = client.pull(
                        position == 0
                                ? call
                                : call.with("Range", "bytes=" + position + "-").expecting(200, 206));
                goesOn = true;
            } catch (RegistryException e) {
                if (!e.isUnanswered()) {
                    throw e;
                }
                cause = e;
            }
        }
        long start = answer.status() == 206 ? start() : 0;
        if (start > position) {
            answer.giveUp();
            throw wrong("its rest was asked for from byte " + position + ", and something else came");
        }
        passOver(position - start);
    }

    private long start() {
        Matcher range = CONTENT_RANGE.matcher(answer.header("Content-Range").orElse(""));
        return range.matches() ? Long.parseLong(range.group(1)) : Long.MAX_VALUE;
    }

    /** What has been read already; when it breaks again here, the next read sees to it. */
    private void passOver(long rest) throws IOException {
        byte[] nothing = new byte[16_384];
        long left = rest;
        while (left > 0) {
            int count;
            try {
                count = answer.body().read(nothing, 0, (int) Math.min(left, nothing.length));
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                resume(e);
                return;
            }
            if (count < 0) {
                resume(new IOException("it ends after " + (rest - left) + " of " + size + " bytes"));
                return;
            }
            left -= count;
        }
    }

    private void prove() throws IOException {
        finish();
        isProved = Digest.of(sum.digest()).equals(digest);
        if (!isProved) {
            throw wrong("its bytes are not those of its digest");
        }
    }

    /** Takes the end of the answer, too, so that its connection serves again. */
    private void finish() {
        if (answer.length().isPresent()) {
            answer.takeEnd();
        } else {
            answer.giveUp();
        }
    }

    private IOException wrong(String what) {
        return client.trouble()
                .content(
                        "GET",
                        answer,
                        "blob " + digest + " is damaged: " + what,
                        "remove it from the registry, and push the image again");
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            answer.giveUp();
        }
    }
}
