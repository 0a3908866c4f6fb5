package io.slipway.image.catalog.net;

import io.slipway.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/** Decides by a response's head whether its body is wanted, and takes it. */
abstract class Receiver implements HttpResponse.BodyHandler<Long>, ResponseSink.Target, AutoCloseable {

    static final int OK = 200;
    static final int PARTIAL_CONTENT = 206;

    private final long limit;
    private volatile ResponseSink sink;
    private volatile OptionalLong length = OptionalLong.empty();

    Receiver(long limit) {
        this.limit = limit;
    }

    /** Whether the body is wanted. Nothing is written yet. */
    abstract boolean isWanted(HttpResponse.ResponseInfo head);

    @Override
    public final HttpResponse.BodySubscriber<Long> apply(HttpResponse.ResponseInfo head) {
        if (!isWanted(head)) {
            return ResponseSink.nothing();
        }
        length = head.headers().firstValueAsLong("Content-Length");
        ResponseSink made = new ResponseSink(this, limit);
        sink = made;
        return made;
    }

    /** The body's bytes so far. */
    final long received() {
        return sink == null ? 0 : sink.received();
    }

    /** The body's bytes in all, when they are known. */
    final OptionalLong length() {
        return length;
    }

    final void abandon() {
        if (sink != null) {
            sink.abandon();
        }
    }

    @Override
    public void close() throws IOException {
        abandon();
    }

    /** Keeps a small file in memory. */
    static final class Memory extends Receiver {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Memory(int limit) {
            super(limit);
        }

        @Override
        boolean isWanted(HttpResponse.ResponseInfo head) {
            return head.statusCode() == OK;
        }

        @Override
        public void write(ByteBuffer part) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }
    }

    /** Writes a file, from where it had ended if the source goes on there, or else anew. */
    static final class OnDisk extends Receiver {
        private final Partial partial;
        private final long had;
        private volatile MessageDigest digest;
        private volatile Optional<String> version = Optional.empty();
        private volatile boolean isRest;
        private Optional<Partial.Writer> writer = Optional.empty();
        private boolean isClosed;

        /**
         * @param had how many bytes of the file are here
         * @param digest of them
         */
        OnDisk(Partial partial, long had, MessageDigest digest, long limit) {
            super(limit);
            this.partial = partial;
            this.had = had;
            this.digest = digest;
        }

        /** RFC 9110 section 15.3.7: the rest counts when it begins where it was asked for. */
        @Override
        boolean isWanted(HttpResponse.ResponseInfo head) {
            String range = head.headers().firstValue("Content-Range").orElse("");
            isRest = head.statusCode() == PARTIAL_CONTENT && range.startsWith("bytes " + had + "-");
            version = version(head);
            return head.statusCode() == OK || isRest;
        }

        @Override
        public synchronized void write(ByteBuffer bytes) throws IOException {
            if (isClosed) {
                // Given up meanwhile; the file may be another's already.
                return;
            }
            try {
                if (writer.isEmpty()) {
                    begin();
                }
                writer.get().write(bytes);
            } catch (IOException e) {
                throw new Unstorable(
                        partial.file() + " cannot be written (" + e.getMessage() + "); make room, or name"
                                + " another folder under download in etc/io.slipway.image.catalog.cfg",
                        e);
            }
        }

        /** How many bytes of the file are here. */
        long done() {
            return (isRest ? had : 0) + received();
        }

        /** How many there will be, when it is known. */
        long size() {
            return length().isPresent() ? (isRest ? had : 0) + length().getAsLong() : -1;
        }

        /** After the last byte: of the whole file. */
        synchronized MessageDigest finish() throws IOException {
            if (writer.isEmpty()) {
                begin();
            }
            close();
            return digest;
        }

        @Override
        public synchronized void close() throws IOException {
            super.close();
            isClosed = true;
            if (writer.isPresent()) {
                writer.get().close();
            }
        }

        private void begin() throws IOException {
            if (!isRest) {
                partial.restart(version);
                digest = Digest.sum();
            }
            FileStore store = Files.getFileStore(partial.file().getParent());
            if (length().isPresent() && length().getAsLong() > store.getUsableSpace()) {
                throw new IOException(
                        length().getAsLong() + " bytes come, and there is room for " + store.getUsableSpace());
            }
            writer = Optional.of(partial.open(digest));
        }

        /** A strong entity tag, or else the time of the last change (RFC 9110 section 13.1.5). */
        private static Optional<String> version(HttpResponse.ResponseInfo head) {
            return head.headers()
                    .firstValue("ETag")
                    .filter(tag -> !tag.startsWith("W/"))
                    .or(() -> head.headers().firstValue("Last-Modified"));
        }
    }

    /** The disk does not take it: to ask again is of no use. */
    static final class Unstorable extends IOException {
        private static final long serialVersionUID = 1L;

        Unstorable(String message, IOException cause) {
            super(message, cause);
        }
    }
}
