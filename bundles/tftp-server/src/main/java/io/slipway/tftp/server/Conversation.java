package io.slipway.tftp.server;

import io.slipway.tftp.codec.TftpPacket;
import java.time.Duration;
import java.util.Optional;

/** One client's request, from its arrival to the end of its transfer. Safe for use by many threads. */
final class Conversation {

    private final TransferId id;
    private final TftpPacket request;
    private final Duration waited;
    private Optional<TransferSide> side = Optional.empty();
    private boolean ended;

    Conversation(TransferId id, TftpPacket request, Duration waited) {
        this.id = id;
        this.request = request;
        this.waited = waited;
    }

    TransferId id() {
        return id;
    }

    /** How long it was kept waiting before there was room for it. */
    Duration waited() {
        return waited;
    }

    /**
     * Whether a request from the same client is this one again: retransmitted since our answer was lost or is not
     * ready. The same request in the middle of a transfer that has stalled is a machine that was reset: ROMs use a
     * fixed port (2070), and it waits for block 1.
     */
    synchronized boolean isRepeatedBy(TftpPacket other) {
        return request.equals(other) && !side.map(TransferSide::isStalled).orElse(false);
    }

    /** Whether the client has taken something of the answer. */
    synchronized boolean isAnswered() {
        return side.map(TransferSide::isAnswered).orElse(false);
    }

    /** Whether the client was sent the first answer so long ago, and has said nothing. */
    synchronized boolean isUnanswered(long nanos, long now) {
        return side.map(running -> running.isUnanswered(nanos, now)).orElse(false);
    }

    /** Whether another request of the client has taken its place, or the server stops: nothing is to be answered. */
    synchronized boolean isEnded() {
        return ended;
    }

    synchronized boolean isLookingUp() {
        return side.isEmpty();
    }

    /** Hands a packet to the transfer, if that has no socket of its own. On the event loop of the door. */
    boolean deliver(TftpPacket packet) {
        Optional<TransferSide> running;
        synchronized (this) {
            running = side;
        }
        return running.isPresent() && running.get().receivedAtDoor(packet);
    }

    /** The file was found. False when the conversation has ended meanwhile. */
    synchronized boolean hasSide(TransferSide found) {
        if (ended) {
            return false;
        }
        side = Optional.of(found);
        return true;
    }

    /** Ends the transfer, if its client has still not answered. */
    void giveWay() {
        Optional<TransferSide> running;
        synchronized (this) {
            running = side;
        }
        running.ifPresent(TransferSide::giveWay);
    }

    /**
     * Ends the transfer on its own thread, if it has begun; otherwise keeps it from beginning.
     *
     * @return whether it had begun
     */
    boolean end(Ending ending) {
        Optional<TransferSide> running;
        synchronized (this) {
            ended = true;
            running = side;
        }
        running.ifPresent(transfer -> transfer.endSoon(ending));
        return running.isPresent();
    }
}
