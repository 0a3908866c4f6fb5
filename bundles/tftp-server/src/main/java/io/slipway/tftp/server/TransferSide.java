package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.TftpPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our side of one transfer, whichever way its file goes: how it begins, is ended and waits for the client. Everything
 * runs on the wire's event loop, but for {@link #endSoon}, {@link #giveWay}
 * and what begins with "is".
 */
abstract class TransferSide {

    private static final Logger LOG = LoggerFactory.getLogger(TransferSide.class);

    private final String path;
    private final InetSocketAddress remote;
    private final Runnable whenEnded;
    private final Counters counters;
    private final Backoff backoff;
    private final SilenceTimer timer;

    private volatile Optional<Wire> wire = Optional.empty();
    private volatile Optional<Ending> requestedEnding = Optional.empty();

    private volatile boolean answered;
    /** Whether, and when, the client could be reached. */
    private volatile boolean begun;

    private long begunAt;
    private long awaitedSince;
    private boolean ended;

    /**
     * @param path for the log
     * @param whenEnded run once
     */
    TransferSide(String path, InetSocketAddress remote, Backoff backoff, Counters counters, Runnable whenEnded) {
        this.counters = counters;
        this.path = path;
        this.remote = remote;
        this.backoff = backoff;
        this.timer = new SilenceTimer(backoff, this::sentAt, () -> wire.ifPresent(this::clientIsSilent));
        this.whenEnded = whenEnded;
    }

    /** The client can be reached. */
    abstract void begun(Wire open);

    /**
     * The client has sent something that is no error.
     *
     * @return whether it was sent something that it will answer
     */
    abstract boolean answer(Wire open, TftpPacket packet);

    /** How the error of a client ends it. */
    abstract Ending endedByClient(ErrorPacket error);

    /** The client was silent: what was sent last is to be sent again. */
    abstract void repeat(Wire open);

    /** What the client was silent to, for a person. */
    abstract String silence();

    /** Whether the client was in the middle of it and has then fallen silent for a while. */
    abstract boolean isStalled();

    /** Whether the client has nothing to answer for now. */
    abstract boolean isOurTurn();

    /** Gives back what it holds. */
    abstract void release();

    /** Tells everybody how it has ended. */
    abstract void tell(Ending ending);

    InetSocketAddress remote() {
        return remote;
    }

    boolean isEnded() {
        return ended;
    }

    Backoff backoff() {
        return backoff;
    }

    Counters counters() {
        return counters;
    }

    /** The client has said something that only the receiver of our answer can. */
    void answered() {
        if (!answered) {
            answered = true;
        }
    }

    boolean isAnswered() {
        return answered;
    }

    /** Whether the client has been sent something so long ago, and nothing has come from it. */
    boolean isUnanswered(long nanos, long now) {
        return begun && !answered && now - begunAt >= nanos;
    }

    /** Since the client could be reached. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begunAt);
    }

    /** Something was sent just now that the client is to answer. */
    void awaitAnswer(Wire open) {
        awaitAnswer(open, System.nanoTime());
    }

    /** Something was sent at this time, as {@link System#nanoTime} counts, that the client is to answer. */
    void awaitAnswer(Wire open, long now) {
        awaitedSince = now;
        timer.sent(open.loop());
    }

    /** When something was sent last that the client is to answer, as {@link System#nanoTime} counts. */
    long sentAt() {
        return awaitedSince;
    }

    /** Ends the transfer on its event loop. May be called on any thread, at any time. */
    void endSoon(Ending ending) {
        requestedEnding = Optional.of(ending);
        onLoop(() -> finish(ending));
    }

    /** Ends the transfer in favour of others, unless an answer is there already. May be called on any thread. */
    void giveWay() {
        onLoop(() -> {
            if (!answered && !ended) {
                counters.add(Counters.Count.GAVE_WAY);
                finish(Ending.GAVE_WAY);
            }
        });
    }

    /** Runs something on the event loop of the wire, if there is one. May be called on any thread. */
    void onLoop(Runnable step) {
        Optional<Wire> known = wire;
        if (known.isPresent()) {
            try {
                known.get().loop().execute(step);
            } catch (RejectedExecutionException e) {
                // The event loop has stopped, and closed the socket as it did, which has ended this.
                LOG.debug("{} was over before it could be ended", path, e);
            }
        }
    }

    /** Does something with the wire, if there is one. On its event loop. */
    void onWire(Consumer<Wire> step) {
        wire.ifPresent(step);
    }

    /** The client can be reached. */
    void begin(Wire open) {
        wire = Optional.of(open);
        // Set before there was a wire: endSoon has left it to us.
        if (requestedEnding.isPresent()) {
            finish(requestedEnding.get());
        } else {
            counters.add(Counters.Count.BEGUN);
            begunAt = System.nanoTime();
            begun = true;
            begun(open);
        }
    }

    /** The client has sent a packet to the door's port. False when this transfer has a port of its own. */
    boolean receivedAtDoor(TftpPacket packet) {
        Optional<Wire> door = wire.filter(Wire::isDoor);
        door.ifPresent(open -> received(open, packet));
        return door.isPresent();
    }

    /**
     * The client has sent a packet.
     *
     * @return whether it was sent something that it will answer
     */
    boolean received(Wire open, TftpPacket packet) {
        if (ended) {
            return false;
        }
        if (packet instanceof ErrorPacket error) {
            finish(endedByClient(error));
            return false;
        }
        return answer(open, packet);
    }

    static void send(Wire open, TftpPacket packet) {
        ByteBuf out = Wire.encode(packet, open.allocator());
        open.send(out, out.readableBytes());
    }

    private void clientIsSilent(Wire open) {
        if (ended) {
            return;
        }
        if (isOurTurn()) { // what the client is to answer has not been sent yet
            awaitAnswer(open);
            return;
        }
        try {
            if (backoff.again()) {
                repeat(open);
            } else {
                finish(Ending.quiet(Outcome.TIMED_OUT, silence()));
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    /** The wire is gone. */
    void closed() {
        finish(Ending.quiet(Outcome.FAILED, "the socket was closed"));
    }

    /** Something went wrong that nobody foresaw. */
    void failed(Throwable cause) {
        LOG.error(
                "transfer of {} to {} has failed: this is a fault of the server; report it with data/log/traces.log",
                path,
                remote,
                cause);
        finish(Ending.failed(cause.toString(), "internal error"));
    }

    /** Ends it, once. Also for one whose socket could not be opened. */
    void finish(Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        timer.cancel();
        release();
        try {
            wire.ifPresent(open -> ending.toClient().ifPresent(error -> send(open, error)));
            tell(ending);
        } catch (RuntimeException | LinkageError e) {
            // Whoever is told may be a bundle that is being replaced: the socket and its place are given back anyway.
            LOG.error(
                    "the end of the transfer of {} to {} could not be told: this is a fault of the server; report it"
                            + " with data/log/traces.log",
                    path,
                    remote,
                    e);
        } finally {
            whenEnded.run();
            wire.ifPresent(Wire::close);
        }
    }
}
