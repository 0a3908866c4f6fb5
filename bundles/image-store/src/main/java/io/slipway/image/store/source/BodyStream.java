package io.slipway.image.store.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of an answer as a stream that waits only so long for the next byte. The JDK's own waits for ever on a server
 * that has gone silent. One part is asked for when the last was read, so the reader's pace is the network's.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<InputStream> {

    private sealed interface Arrival permits Part, End {}

    private record Part(List<ByteBuffer> buffers) implements Arrival {}

    private record End(Optional<Throwable> failure) implements Arrival {}

    private static final Flow.Subscription CLOSED = new Flow.Subscription() {
        @Override
        public void request(long count) {
            // Nobody reads any more.
        }

        @Override
        public void cancel() {
            // It is.
        }
    };

    private final Duration silence;
    private final BlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>();
    private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private boolean ended;

    BodyStream(Duration silence) {
        this.silence = silence;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription.compareAndSet(null, given)) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrived.add(new Part(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new End(Optional.of(failure)));
    }

    @Override
    public void onComplete() {
        arrived.add(new End(Optional.empty()));
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
        while (current.isEmpty()) {
            if (ended) {
                return -1;
            }
            take(next());
        }
        ByteBuffer first = current.element();
        int count = Math.min(length, first.remaining());
        first.get(target, offset, count);
        if (!first.hasRemaining()) {
            current.remove();
        }
        return count;
    }

    /** Ends the answer, also one that was not read to its end. */
    @Override
    public void close() {
        Flow.Subscription last = subscription.getAndSet(CLOSED);
        if (last != null && !ended) {
            last.cancel();
        }
    }

    private Arrival next() throws IOException {
        try {
            Arrival next = arrived.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new IOException("the server has said nothing for " + silence.toSeconds() + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    private void take(Arrival arrival) throws IOException {
        if (arrival instanceof Part part) {
            part.buffers().stream().filter(ByteBuffer::hasRemaining).forEach(current::add);
            // What comes next is asked for now, and travels while this is written.
            Optional.ofNullable(subscription.get()).ifPresent(known -> known.request(1));
            return;
        }
        ended = true;
        Optional<Throwable> failure = ((End) arrival).failure();
        if (failure.isPresent()) {
            throw new IOException(failure.get().getMessage(), failure.get());
        }
    }
}
