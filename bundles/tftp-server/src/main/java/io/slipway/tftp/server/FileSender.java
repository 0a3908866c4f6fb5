package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.sockets.Bandwidth;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one file to one client, in windows (RFC 7440) or lock-step (RFC 1350 section 2): a {@link SendWindow} says
 * what, a {@link Wire} carries it.
 */
final class FileSender extends TransferSide {

    private static final Logger LOG = LoggerFactory.getLogger(FileSender.class);

    /** What one system call sends at most: the kernel cuts no more, and 64 KB is the longest datagram. */
    private static final int MOST_DATAGRAMS = 64;

    private static final int MOST_BYTES = 65_000;

    /** Between the bursts of a window, for a client that has lost packets: time to empty a small receive ring. */
    private static final long PAUSE_MICROS = 1_000;

    /**
     * ACKs of a lock-step transfer for which is done what need not be done for each: it touches objects that, of a thousand
     * transfers, are in no cache near the processor.
     */
    private static final int STEADY = 16;

    /** From here on a socket that is the client's alone pays. */
    private static final int MANY_BLOCKS = 64;

    private final OpenedFile file;
    private final Terms terms;
    /** How long the client was kept waiting before this. */
    private final Duration waited;

    private final BootSide boot;
    private final Complaints complaints;
    private final SendWindow window;
    /** The number of the block that is shorter than the others, and ends the file (RFC 1350 section 6). */
    private final long lastBlock;

    private volatile boolean stalled;

    private Optional<Transfer> transfer = Optional.empty();
    /** A machine that was reset is silent for longer; a request that was long on its way may come sooner. */
    private final long resetNanos;

    private final int blockSize;
    private final boolean isLockStep;
    /** ACKs until the next look at timers and the like. */
    private int steady = 1;

    private boolean isSettled;
    private boolean isPausing;
    /** Blocks of the burst that are still to be sent, and those of them for which the bandwidth is reserved. */
    private int burstLeft;

    private int paid;

    private long heardAt;

    FileSender(
            OpenedFile file,
            Terms terms,
            int retries,
            Duration waited,
            BootSide boot,
            Counters counters,
            Complaints complaints,
            Runnable whenEnded) {
        this(file, terms, retries, waited, boot, counters, complaints, whenEnded, new RoundTrip());
    }

    private FileSender(
            OpenedFile file,
            Terms terms,
            int retries,
            Duration waited,
            BootSide boot,
            Counters counters,
            Complaints complaints,
            Runnable whenEnded,
            RoundTrip roundTrip) {
        super(
                file.request().path(),
                file.request().remote(),
                new Backoff(terms.timeout(), terms.hasTimeout(), retries, roundTrip),
                counters,
                whenEnded);
        this.file = file;
        this.terms = terms;
        this.waited = waited;
        this.boot = boot;
        this.complaints = complaints;
        this.resetNanos = 2 * terms.timeout().toNanos();
        this.blockSize = terms.blockSize();
        this.isLockStep = terms.windowSize() == 1;
        this.lastBlock = file.length() / blockSize + 1;
        this.window = new SendWindow(
                lastBlock, terms.windowSize(), !terms.acknowledged().isEmpty(), roundTrip);
    }

    @Override
    boolean isStalled() {
        return stalled;
    }

    @Override
    void begun(Wire open) {
        transfer = Optional.of(boot.begin(file.request(), file.file()));
        transfer.get().waited(waited);
        send(open);
    }

    @Override
    boolean answer(Wire open, TftpPacket packet) {
        if (packet instanceof Ack ack) {
            return acknowledged(open, ack.block());
        }
        counters().add(Counters.Count.STRAY);
        return false;
    }

    private boolean acknowledged(Wire open, int number) {
        long now = System.nanoTime();
        SendWindow.Progress progress = window.acknowledged(number, now);
        if (progress == SendWindow.Progress.NONE) {
            return false;
        }
        heardAt = now;
        if (progress == SendWindow.Progress.COMPLETE) {
            finish(Ending.quiet(Outcome.COMPLETED, ""));
            return false;
        }
        if (--steady > 0) {
            if (!isPausing) {
                sendBurst(open);
            }
        } else {
            steady = isLockStep ? STEADY : 1;
            look(open);
            send(open);
        }
        // In a window an ACK that was sent twice is told from a new one by how soon it comes.
        return isLockStep && !isPausing;
    }

    /** Does what has to be done now and then, while the client acknowledges. */
    private void look(Wire open) {
        backoff().reset();
        if (stalled) {
            stalled = false;
        }
        answered();
        transfer.ifPresent(visible -> visible.sent(delivered()));
        if (!isSettled && window.acknowledged() >= MANY_BLOCKS && lastBlock - window.acknowledged() >= MANY_BLOCKS) {
            isSettled = true;
            open.settle();
        }
    }

    private long delivered() {
        return Math.max(0, Math.min(window.acknowledged() * blockSize, file.length()));
    }

    /** EDK2 asks for the size, takes the OACK and sends error 8; iPXE does the same with error 0. No failure. */
    @Override
    Ending endedByClient(ErrorPacket error) {
        boolean tookTheSize = window.sent() == 0 && terms.hasSize();
        if (tookTheSize
                && (error.code().equals(TftpErrorCode.OPTION_NEGOTIATION)
                        || error.code().equals(TftpErrorCode.NOT_DEFINED))) {
            return Ending.quiet(Outcome.SIZE_PROBE, "");
        }
        return Ending.byClient(error);
    }

    /** Sends what the window has room for: all of it, or a burst now and the rest after a pause. */
    private void send(Wire open) {
        if (window.acknowledged() < 0) {
            send(open, new OptionAck(terms.acknowledged()));
            window.sent(1, System.nanoTime());
        } else if (!isPausing && !sendBurst(open)) {
            return;
        }
        awaitAnswer(open, window.sentAt());
    }

    /** False when the transfer has ended. */
    private boolean sendBurst(Wire open) {
        int datagram = TftpEncoder.DATA_HEADER + blockSize;
        if (burstLeft == 0) {
            burstLeft = window.burst();
        }
        Bandwidth bandwidth = open.bandwidth();
        if (paid == 0 && bandwidth == Bandwidth.UNLIMITED) {
            paid = burstLeft;
        } else if (paid == 0 && burstLeft > 0) {
            paid = (int) Math.max(1, Math.min(burstLeft, bandwidth.turn() / datagram));
            Optional<String> limit =
                    bandwidth.reserve(remote().getAddress(), (long) paid * datagram, open.loop(), () -> goOn(open));
            if (limit.isPresent()) {
                isPausing = true;
                transfer.ifPresent(waiting -> waiting.heldBack(limit.get()));
                return true;
            }
        }
        int left = Math.min(paid, window.burst());
        paid = 0;
        burstLeft = Math.max(0, burstLeft - left);
        while (left > 0) {
            int count = Math.min(left, Math.max(1, Math.min(MOST_DATAGRAMS, MOST_BYTES / datagram)));
            ByteBuf out = open.allocator().directBuffer(count * datagram);
            try {
                for (long block = window.sent() + 1; block <= window.sent() + count; block++) {
                    long position = (block - 1) * blockSize;
                    TftpEncoder.dataHeader(block, out);
                    file.read(position, (int) Math.min(blockSize, file.length() - position), out);
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
        if (burstLeft > 0 && window.burst() > 0) {
            return sendBurst(open);
        }
        burstLeft = 0;
        file.readAhead(window.sent() * blockSize, terms.windowSize() * blockSize, open.allocator());
        if (window.hasMore()) {
            pause(open, TimeUnit.MICROSECONDS.toNanos(PAUSE_MICROS));
        }
        return true;
    }

    private void pause(Wire open, long nanos) {
        isPausing = true;
        open.loop().schedule(() -> goOn(open), nanos, TimeUnit.NANOSECONDS);
    }

    private void goOn(Wire open) {
        isPausing = false;
        if (paid > 0) {
            transfer.ifPresent(Transfer::goesOn);
        }
        if (!isEnded()) {
            send(open);
        }
    }

    @Override
    long sentAt() {
        return window.sentAt() - super.sentAt() > 0 ? window.sentAt() : super.sentAt();
    }

    @Override
    boolean isOurTurn() {
        return isPausing;
    }

    @Override
    void repeat(Wire open) {
        stalled = window.acknowledged() > 0 && System.nanoTime() - heardAt >= resetNanos;
        window.silence();
        steady = 1;
        burstLeft = 0;
        send(open);
    }

    @Override
    String silence() {
        if (window.acknowledged() < 0) {
            return "no answer to the OACK";
        }
        return window.sent() == lastBlock
                ? "every byte was sent, the last ACK never came"
                : "no ACK for block " + (window.acknowledged() + 1) + " of " + lastBlock;
    }

    @Override
    void release() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing {}", file.request().path(), e);
        }
    }

    @Override
    void tell(Ending ending) {
        transfer.ifPresent(begun -> {
            begun.sent(delivered());
            begun.end(ending.outcome(), ending.detail());
            TransferLog.ended(begun, ending, age());
        });
    }
}
