package io.slipway.boot.clients;

import io.slipway.boot.BootRequest;
import io.slipway.boot.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A transfer that tells its end to whoever began it, once. */
final class ActiveTransfer implements Transfer {

    /** Is told of the end. */
    interface End {
        void of(ActiveTransfer transfer, Outcome outcome, String detail);
    }

    private final BootRequest request;
    private final long length;
    private final Instant begun = Instant.now();
    private final long begunNanos = System.nanoTime();
    private final End end;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    ActiveTransfer(BootRequest request, long length, End end) {
        this.request = Objects.requireNonNull(request, "request");
        this.length = length;
        this.end = end;
    }

    @Override
    public BootRequest request() {
        return request;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Instant begun() {
        return begun;
    }

    @Override
    public long sent() {
        return sent.getOpaque();
    }

    @Override
    public void sent(long bytes) {
        sent.setOpaque(bytes);
    }

    @Override
    public void end(Outcome outcome, String detail) {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
        if (hasEnded.compareAndSet(false, true)) {
            end.of(this, outcome, detail);
        }
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
