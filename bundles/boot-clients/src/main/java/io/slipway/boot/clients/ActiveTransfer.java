package io.slipway.boot.clients;

import io.slipway.boot.BootRequest;
import io.slipway.boot.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** A transfer that tells its end to whoever began it, once. */
final class ActiveTransfer implements Transfer {

    /** Is told what becomes of it. */
    interface Listener {

        /** It is held back, for the first time. */
        void heldBack(ActiveTransfer transfer, String limit);

        void ended(ActiveTransfer transfer, Outcome outcome, String detail);
    }

    /** Set with each block of each transfer: in the object itself, and without a barrier. */
    private static final AtomicLongFieldUpdater<ActiveTransfer> SENT =
            AtomicLongFieldUpdater.newUpdater(ActiveTransfer.class, "sent");

    private final BootRequest request;
    private final boolean isUpload;
    private final long length;
    private final Instant begun = Instant.now();
    private final long begunNanos = System.nanoTime();
    private final Listener listener;
    private volatile long sent;
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private Duration waited = Duration.ZERO;
    private Optional<String> heldBy = Optional.empty();
    private boolean isHeld;
    private long heldSince;
    private long heldNanos;

    ActiveTransfer(BootRequest request, boolean isUpload, long length, Listener listener) {
        this.request = Objects.requireNonNull(request, "request");
        this.isUpload = isUpload;
        this.length = length;
        this.listener = listener;
    }

    @Override
    public BootRequest request() {
        return request;
    }

    @Override
    public boolean isUpload() {
        return isUpload;
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
        return sent;
    }

    @Override
    public void sent(long bytes) {
        SENT.lazySet(this, bytes);
    }

    @Override
    public synchronized void waited(Duration before) {
        waited = before;
    }

    /** How long it was kept waiting before it began. */
    synchronized Duration waited() {
        return waited;
    }

    @Override
    public void heldBack(String limit) {
        boolean isFirst;
        synchronized (this) {
            isFirst = heldBy.isEmpty();
            heldBy = Optional.of(limit);
            heldSince = System.nanoTime();
            isHeld = true;
        }
        if (isFirst) {
            listener.heldBack(this, limit);
        }
    }

    @Override
    public synchronized void goesOn() {
        heldNanos = held().toNanos();
        isHeld = false;
    }

    @Override
    public synchronized Optional<String> heldBy() {
        return heldBy;
    }

    @Override
    public synchronized Duration held() {
        return Duration.ofNanos(heldNanos + (isHeld ? System.nanoTime() - heldSince : 0));
    }

    @Override
    public void end(Outcome outcome, String detail) {
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
        if (hasEnded.compareAndSet(false, true)) {
            listener.ended(this, outcome, detail);
        }
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
