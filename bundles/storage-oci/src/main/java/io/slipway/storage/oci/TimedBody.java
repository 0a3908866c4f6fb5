package io.slipway.storage.oci;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The body of an answer as it comes. A read waits for a limited time only, which the JDK's own stream does not: its
 * request timeout ends with the header. At most two pieces of what the JDK reads at once lie here.
 */
final class TimedBody extends InputStream implements HttpResponse.BodySubscriber<TimedBody> {

    private static final int PIECES = 2;

    private final Duration timeout;
    private final Deque<List<ByteBuffer>> pieces = new ArrayDeque<>();
    private Optional<Flow.Subscription> subscription = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private boolean isComplete;
    private boolean isClosed;

    /** What is read from now; only the reader has it. */
    private final Deque<ByteBuffer> open = new ArrayDeque<>();

    /** @param timeout how long a read waits */
    TimedBody(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<TimedBody> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        synchronized (this) {
            if (!isClosed) {
                subscription = Optional.of(begun);
            }
        }
        if (isClosed()) {
            begun.cancel();
        } else {
            begun.request(PIECES);
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> piece) {
        if (!isClosed) {
            pieces.add(piece);
            notifyAll();
        }
    }

    @Override
    public synchronized void onError(Throwable thrown) {
        failure = Optional.of(thrown);
        notifyAll();
    }

    @Override
    public synchronized void onComplete() {
        isComplete = true;
        notifyAll();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        while (open.isEmpty()) {
            Optional<List<ByteBuffer>> next = next();
            if (next.isEmpty()) {
                return -1;
            }
            next.get().stream().filter(ByteBuffer::hasRemaining).forEach(open::add);
            subscribed().ifPresent(begun -> begun.request(1));
        }
        ByteBuffer first = open.element();
        int count = Math.min(length, first.remaining());
        first.get(target, offset, count);
        if (!first.hasRemaining()) {
            open.remove();
        }
        return count;
    }

    /** The next piece; empty at the end. */
    private synchronized Optional<List<ByteBuffer>> next() throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (pieces.isEmpty() && !isClosed && !isComplete && failure.isEmpty()) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new HttpTimeoutException("nothing came for " + timeout.toMillis() + " ms");
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        if (!pieces.isEmpty()) {
            return Optional.of(pieces.remove());
        }
        if (isClosed) {
            throw new IOException("the answer is closed");
        }
        if (failure.isPresent()) {
            throw new IOException(text(failure.get()), failure.get());
        }
        return Optional.empty();
    }

    private static String text(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private synchronized Optional<Flow.Subscription> subscribed() {
        return subscription;
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    /** Whether all of it has come, and was read. */
    synchronized boolean isAtEnd() {
        return isComplete && pieces.isEmpty() && open.isEmpty();
    }

    /** Gives up what has not come, and with it the connection. Also another thread may. */
    @Override
    public void close() {
        boolean mustCancel;
        synchronized (this) {
            mustCancel = !isClosed && !isComplete && failure.isEmpty();
            isClosed = true;
            pieces.clear();
            notifyAll();
        }
        if (mustCancel) {
            subscribed().ifPresent(Flow.Subscription::cancel);
        }
    }
}
