package io.slipway.tftp.server;

import io.slipway.boot.BootRequest;
import io.slipway.boot.Transfer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers how it ended. */
final class FakeTransfer implements Transfer {

    private final BootRequest request;
    private final long length;
    private final BlockingQueue<FakeTransfer> ended;
    private final AtomicInteger ends = new AtomicInteger();
    private final Instant begun = Instant.now();
    private volatile long sent;
    volatile Duration waited = Duration.ZERO;
    volatile boolean isHeld;
    private volatile Optional<String> heldBy = Optional.empty();
    volatile Outcome outcome;
    volatile String detail;
    /** Whether it cannot be ended. */
    volatile boolean isBroken;

    FakeTransfer(BootRequest request, long length, BlockingQueue<FakeTransfer> ended) {
        this.request = request;
        this.length = length;
        this.ended = ended;
    }

    @Override
    public BootRequest request() {
        return request;
    }

    @Override
    public boolean isUpload() {
        return false;
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
        sent = bytes;
    }

    @Override
    public void waited(Duration before) {
        waited = before;
    }

    @Override
    public void heldBack(String limit) {
        heldBy = Optional.of(limit);
        isHeld = true;
    }

    @Override
    public void goesOn() {
        isHeld = false;
    }

    @Override
    public Optional<String> heldBy() {
        return heldBy;
    }

    @Override
    public Duration held() {
        return Duration.ZERO;
    }

    @Override
    public void end(Outcome how, String what) {
        if (isBroken) {
            throw new IllegalStateException("as the test asked");
        }
        outcome = how;
        detail = what;
        if (ends.incrementAndGet() > 1) {
            throw new IllegalStateException("ended twice");
        }
        ended.add(this);
    }
}
