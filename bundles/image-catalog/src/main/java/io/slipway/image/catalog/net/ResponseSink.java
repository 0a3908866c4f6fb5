package io.slipway.image.catalog.net;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Hands a response's bytes on as they come, as many as are wanted and no more; the client's thread writes them. */
final class ResponseSink implements HttpResponse.BodySubscriber<Long> {

    /** Takes bytes. */
    interface Target {
        void write(ByteBuffer bytes) throws IOException;
    }

    /** More has come than is wanted: to ask again is of no use. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;

        TooLong(long limit) {
            super("more than " + limit + " bytes");
        }
    }

    private final Target target;
    private final long limit;
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private volatile long received;
    private volatile Flow.Subscription subscription;

    /** @param limit in bytes */
    ResponseSink(Target target, long limit) {
        this.target = target;
        this.limit = limit;
    }

    /** For a response whose body nobody wants to see. */
    static HttpResponse.BodySubscriber<Long> nothing() {
        ResponseSink sink = new ResponseSink(bytes -> {}, 0);
        sink.end.complete(0L);
        return sink;
    }

    /** The bytes so far. */
    long received() {
        return received;
    }

    /** Takes no more. */
    void abandon() {
        if (end.completeExceptionally(new IOException("given up")) && subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<Long> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (end.isDone()) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    /** Called by one thread at a time (Flow.Subscriber), so {@link #received} has one writer. */
    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (ByteBuffer bytes : buffers) {
                if (end.isDone()) {
                    return;
                }
                if (bytes.remaining() > limit - received) {
                    throw new TooLong(limit);
                }
                int length = bytes.remaining();
                target.write(bytes);
                received += length;
            }
            subscription.request(1);
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
            subscription.cancel();
        }
    }

    @Override
    public void onError(Throwable why) {
        end.completeExceptionally(why);
    }

    @Override
    public void onComplete() {
        end.complete(received);
    }
}
