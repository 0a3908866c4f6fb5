package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one file to one client, in windows (RFC 7440) or lock-step (RFC 1350 section 2): a {@link SendWindow} says
 * what, a {@link Wire} carries it. Everything runs on the wire's event loop, but for {@link #endSoon},
 * {@link #giveWay}, {@link #isStalled} and {@link #isAnswered}.
 */
final class FileSender {

    private static final Logger LOG = LoggerFactory.getLogger(FileSender.class);

    /** What one system call sends at most: the kernel cuts no more, and 64 KB is the longest datagram. */
    private static final int MOST_DATAGRAMS = 64;

    private static final int MOST_BYTES = 65_000;

    /** Between the bursts of a window, for a client that has lost packets: time to empty a small receive ring. */
    private static final long PAUSE_MICROS = 1_000;

    /** From here on a socket that is the client's alone pays. */
    private static final int MANY_BLOCKS = 256;

    private final OpenedFile file;
    private final Terms terms;
    /** How long the client was kept waiting before this. */
    private final Duration waited;

    private final BootSide boot;
    private final Counters counters;
    private final Complaints complaints;
    private final Backoff backoff;
    private final SilenceTimer timer;
    private final Runnable whenEnded;
    private final InetSocketAddress remote;
    private final SendWindow window;
    /** The number of the block that is shorter than the others, and ends the file (RFC 1350 section 6). */
    private final long lastBlock;

    private volatile Optional<Wire> wire = Optional.empty();
    private volatile Optional<Ending> requestedEnding = Optional.empty();
    private volatile boolean stalled;
    private volatile boolean answered;

    private Optional<Transfer> transfer = Optional.empty();
    /** A machine that was reset is silent for longer; a request that was long on its way may come sooner. */
    private final long resetNanos;

    private boolean isSettled;
    private boolean isPausing;
    /** Blocks of the next burst for which the bandwidth is reserved. */
    private int paid;

    private long begunAt;
    private long heardAt;
    private boolean ended;

    FileSender(
            OpenedFile file,
            Terms terms,
            int retries,
            Duration waited,
            BootSide boot,
            Counters counters,
            Complaints complaints,
            Runnable whenEnded) {
        this.file = file;
        this.terms = terms;
        this.waited = waited;
        this.boot = boot;
        this.counters = counters;
        this.complaints = complaints;
        this.resetNanos = 2 * terms.timeout().toNanos();
        RoundTrip roundTrip = new RoundTrip();
        this.backoff = new Backoff(terms.timeout(), terms.hasTimeout(), retries, roundTrip);
        this.timer = new SilenceTimer(backoff, () -> wire.ifPresent(this::clientIsSilent));
        this.whenEnded = whenEnded;
        this.remote = file.request().remote();
        this.lastBlock = file.length() / terms.blockSize() + 1;
        this.window = new SendWindow(
                lastBlock, terms.windowSize(), !terms.acknowledged().isEmpty(), roundTrip);
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** Whether the client has taken blocks and then fallen silent for a while. */
    boolean isStalled() {
        return stalled;
    }

    /** Whether the client has acknowledged anything. */
    boolean isAnswered() {
        return answered;
    }

    /** Ends the transfer on its event loop. May be called on any thread, at any time. */
    void endSoon(Ending ending) {
        requestedEnding = Optional.of(ending);
        soon(() -> finish(ending));
    }

    /** Ends the transfer in favour of others, unless an answer is there already. May be called on any thread. */
    void giveWay() {
        soon(() -> {
            if (!answered && !ended) {
                counters.add(Counters.Count.GAVE_WAY);
                finish(Ending.GAVE_WAY);
            }
        });
    }

    private void soon(Runnable task) {
        Optional<Wire> known = wire;
        if (known.isPresent()) {
            try {
                known.get().loop().execute(task);
            } catch (RejectedExecutionException e) {
                // The event loop has stopped, and closed the socket as it did, which has ended this.
                LOG.debug("{} was over before it could be ended", file.request().path(), e);
            }
        }
    }

    /** The client can be reached. */
    void begin(Wire open) {
        wire = Optional.of(open);
        // Set before there was a wire: endSoon has left it to us.
        if (requestedEnding.isPresent()) {
            finish(requestedEnding.get());
            return;
        }
        counters.add(Counters.Count.BEGUN);
        begunAt = System.nanoTime();
        transfer = Optional.of(boot.begin(file.request(), file.file()));
        transfer.get().waited(waited);
        send(open);
    }

    /** The client has sent a packet to the door's port. False when this transfer has a port of its own. */
    boolean receivedAtDoor(TftpPacket packet) {
        boolean isMine = wire.map(Wire::isDoor).orElse(false);
        if (isMine) {
            received(packet);
        }
        return isMine;
    }

    /** The client has sent a packet. */
    void received(TftpPacket packet) {
        if (ended) {
            return;
        }
        if (packet instanceof Ack ack) {
            wire.ifPresent(open -> acknowledged(open, ack.block()));
        } else if (packet instanceof ErrorPacket error) {
            finish(endedByClient(error));
        } else {
            counters.add(Counters.Count.STRAY);
        }
    }

    private void acknowledged(Wire open, int number) {
        long now = System.nanoTime();
        SendWindow.Progress progress = window.acknowledged(number, now);
        if (progress == SendWindow.Progress.NONE) {
            return;
        }
        backoff.reset();
        heardAt = now;
        if (stalled) {
            stalled = false;
        }
        if (!answered) {
            answered = true;
        }
        long delivered = Math.min(window.acknowledged() * terms.blockSize(), file.length());
        transfer.ifPresent(visible -> visible.sent(delivered));
        if (!isSettled && window.acknowledged() >= MANY_BLOCKS && lastBlock - window.acknowledged() >= MANY_BLOCKS) {
            isSettled = true;
            open.settle();
        }
        if (progress == SendWindow.Progress.COMPLETE) {
            finish(Ending.quiet(Outcome.COMPLETED, ""));
        } else {
            send(open);
        }
    }

    /** EDK2 asks for the size, takes the OACK and sends error 8; iPXE does the same with error 0. No failure. */
    private Ending endedByClient(ErrorPacket error) {
        boolean tookTheSize = window.sent() == 0 && terms.hasSize();
        if (tookTheSize
                && (error.code().equals(TftpErrorCode.OPTION_NEGOTIATION)
                        || error.code().equals(TftpErrorCode.NOT_DEFINED))) {
            return Ending.quiet(Outcome.SIZE_PROBE, "");
        }
        String text = ClientText.printable(error.message());
        return Ending.quiet(Outcome.ABORTED, "the client said: " + (text.isEmpty() ? "" : text + ", ") + error.code());
    }

    /** Sends what the window has room for: all of it, or a burst now and the rest after a pause. */
    private void send(Wire open) {
        if (window.acknowledged() < 0) {
            send(open, new OptionAck(terms.acknowledged()));
            window.sent(1, System.nanoTime());
        } else if (!isPausing && !sendBurst(open)) {
            return;
        }
        timer.sent(open.loop());
    }

    /** False when the transfer has ended. */
    private boolean sendBurst(Wire open) {
        int datagram = TftpEncoder.DATA_HEADER + terms.blockSize();
        if (paid == 0 && window.burst() > 0) {
            paid = window.burst();
            Optional<String> limit =
                    open.bandwidth().reserve(remote.getAddress(), (long) paid * datagram, open.loop(), this::goOn);
            if (limit.isPresent()) {
                isPausing = true;
                transfer.ifPresent(waiting -> waiting.heldBack(limit.get()));
                return true;
            }
        }
        int left = Math.min(paid, window.burst());
        paid = 0;
        while (left > 0) {
            int count = Math.min(left, Math.max(1, Math.min(MOST_DATAGRAMS, MOST_BYTES / datagram)));
            ByteBuf out = open.allocator().directBuffer(count * datagram);
            try {
                for (long block = window.sent() + 1; block <= window.sent() + count; block++) {
                    long position = (block - 1) * terms.blockSize();
                    TftpEncoder.dataHeader(block, out);
                    file.read(position, (int) Math.min(terms.blockSize(), file.length() - position), out);
                }
            } catch (IOException e) {
                out.release();
                complaints.isCutShort(file.request().path(), file.request().clientAddress(), e);
                finish(Ending.failed(e.toString(), "the file cannot be read any more"));
                return false;
            }
            open.send(out, datagram);
            window.sent(count, System.nanoTime());
            left -= count;
        }
        if (window.hasMore()) {
            pause(open, TimeUnit.MICROSECONDS.toNanos(PAUSE_MICROS));
        }
        return true;
    }

    private void pause(Wire open, long nanos) {
        isPausing = true;
        open.loop().schedule(this::goOn, nanos, TimeUnit.NANOSECONDS);
    }

    private void goOn() {
        isPausing = false;
        if (paid > 0) {
            transfer.ifPresent(Transfer::goesOn);
        }
        if (!ended) {
            wire.ifPresent(this::send);
        }
    }

    private static void send(Wire open, TftpPacket packet) {
        ByteBuf out = open.allocator().directBuffer();
        TftpEncoder.encode(packet, out);
        open.send(out, out.readableBytes());
    }

    private void clientIsSilent(Wire open) {
        if (ended) {
            return;
        }
        if (isPausing) { // what the client is to answer has not been sent yet
            timer.sent(open.loop());
            return;
        }
        try {
            if (backoff.again()) {
                stalled = window.acknowledged() > 0 && System.nanoTime() - heardAt >= resetNanos;
                window.silence();
                send(open);
            } else {
                finish(Ending.quiet(Outcome.TIMED_OUT, silence()));
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private String silence() {
        if (window.acknowledged() < 0) {
            return "no answer to the OACK";
        }
        return window.sent() == lastBlock
                ? "every byte was sent, the last ACK never came"
                : "no ACK for block " + (window.acknowledged() + 1) + " of " + lastBlock;
    }

    /** The wire is gone. */
    void closed() {
        finish(Ending.quiet(Outcome.FAILED, "the socket was closed"));
    }

    /** Something went wrong that nobody foresaw. */
    void failed(Throwable cause) {
        LOG.error(
                "transfer of {} to {} has failed: this is a fault of the server; report it with data/log/traces.log",
                file.request().path(),
                remote,
                cause);
        finish(Ending.failed(cause.toString(), "internal error"));
    }

    /** Ends it, once. Also for a sender whose socket could not be opened. */
    void finish(Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        timer.cancel();
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing {}", file.request().path(), e);
        }
        try {
            wire.ifPresent(open -> ending.toClient().ifPresent(error -> send(open, error)));
            transfer.ifPresent(begun -> {
                begun.end(ending.outcome(), ending.detail());
                TransferLog.ended(begun, ending, Duration.ofNanos(System.nanoTime() - begunAt));
            });
        } catch (RuntimeException | LinkageError e) {
            // Whoever is told may be a bundle that is being replaced: the socket and its place are given back anyway.
            LOG.error(
                    "the end of the transfer of {} to {} could not be told: this is a fault of the server; report it"
                            + " with data/log/traces.log",
                    file.request().path(),
                    remote,
                    e);
        } finally {
            whenEnded.run();
            wire.ifPresent(Wire::close);
        }
    }
}
