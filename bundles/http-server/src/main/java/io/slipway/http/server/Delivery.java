package io.slipway.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelProgressivePromise;
import io.netty.channel.FileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCounted;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.sockets.Bandwidth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the body of one answer from a file, piece after piece, and ends its transfer. Belongs to one event loop. */
final class Delivery implements ChannelProgressiveFutureListener {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /** In bytes: what is worth a system call. */
    private static final long MOST_SHARE = 65_536;

    /** What is read into memory at a time where bytes are encrypted: one record of TLS (RFC 8446 section 5.1). */
    private static final int RECORD = 16_384;

    private final ChannelHandlerContext context;
    private final OpenedFile file;
    private final Body body;
    private final Transfer transfer;
    private final Consumer<Ending> whenEnded;
    private final Deque<ReferenceCounted> pieces;
    private final Peer peer;
    private final long begunAt = System.nanoTime();
    /** Of the pieces that are done. */
    private long delivered;

    private long pieceLength;
    private long movedAt = begunAt;
    private boolean ended;

    /**
     * @param file closed when the delivery ends
     * @param whenEnded called once, on the event loop
     */
    Delivery(
            ChannelHandlerContext context,
            OpenedFile file,
            Body body,
            Transfer transfer,
            Peer peer,
            Consumer<Ending> whenEnded) {
        this.context = context;
        this.file = file;
        this.body = body;
        this.transfer = transfer;
        this.peer = peer;
        this.whenEnded = whenEnded;
        this.pieces = new ArrayDeque<>(body.pieces(file));
        holdBackTheEnd();
    }

    /** For a file that may be changed while it is sent: see {@link #isIntact}. */
    private void holdBackTheEnd() {
        if (!file.file().hasImmutablePath()
                && pieces.peekLast() instanceof SharedRegion last
                && last.count() > MOST_SHARE) {
            pieces.removeLast();
            pieces.add(last.head(last.count() - MOST_SHARE));
            pieces.add(last.tail(last.count() - MOST_SHARE));
        }
    }

    /** Writes the body. The head of the answer has been written and need not have been flushed. */
    void next() {
        if (pieces.isEmpty()) {
            context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                    .addListener(written -> end(written.isSuccess() ? Ending.COMPLETED : failure(written.cause())));
            return;
        }
        if (pieces.size() == 1 && !isIntact()) {
            return;
        }
        Bandwidth bandwidth = peer.bandwidth();
        ReferenceCounted piece = pieces.remove();
        if (peer.protocol().isEncrypted()) {
            piece = cut(piece, Math.min(RECORD, bandwidth.turn()));
        } else if (bandwidth != Bandwidth.UNLIMITED) {
            piece = cut(piece, Math.min(MOST_SHARE, bandwidth.turn()));
        }
        ReferenceCounted next = piece;
        Optional<String> limit = bandwidth == Bandwidth.UNLIMITED
                ? Optional.empty()
                : bandwidth.reserve(
                        peer.remote().getAddress(), length(next), context.executor(), () -> writeLater(next));
        if (limit.isEmpty()) {
            write(next);
        } else {
            transfer.heldBack(limit.get());
            context.flush();
        }
    }

    /** The beginning of a piece; the rest is put back. */
    private ReferenceCounted cut(ReferenceCounted piece, long most) {
        if (length(piece) <= most) {
            return piece;
        }
        if (piece instanceof ByteBuf buffer) {
            pieces.addFirst(buffer);
            return buffer.readRetainedSlice((int) most);
        }
        SharedRegion region = (SharedRegion) piece;
        pieces.addFirst(region.tail(most));
        return region.head(most);
    }

    private void writeLater(ReferenceCounted piece) {
        if (ended) {
            piece.release();
        } else {
            transfer.goesOn();
            movedAt = System.nanoTime(); // it was not the client that took nothing
            write(piece);
        }
    }

    private void write(ReferenceCounted piece) {
        pieceLength = length(piece);
        try {
            Object message = peer.protocol().isEncrypted() ? new DefaultHttpContent(inMemory(piece)) : piece;
            ChannelProgressivePromise promise = context.newProgressivePromise();
            promise.addListener(this);
            context.writeAndFlush(message, promise);
        } catch (IOException e) {
            end(changed().orElseGet(() -> new Ending(Outcome.FAILED, e.toString())));
        }
    }

    private ByteBuf inMemory(ReferenceCounted piece) throws IOException {
        return piece instanceof SharedRegion region ? region.read(context.alloc()) : (ByteBuf) piece;
    }

    private static long length(ReferenceCounted piece) {
        return piece instanceof ByteBuf buffer ? buffer.readableBytes() : ((FileRegion) piece).count();
    }

    @Override
    public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
        movedAt = System.nanoTime();
        transfer.sent(delivered + progress);
    }

    @Override
    public void operationComplete(ChannelProgressiveFuture future) {
        if (ended) {
            return;
        }
        if (future.isSuccess()) {
            delivered += pieceLength;
            operationProgressed(future, 0, 0);
            next();
        } else {
            end(failure(future.cause()));
        }
    }

    /** Before the end of the body: a client that has all has all of one file. Otherwise ends the delivery. */
    private boolean isIntact() {
        try {
            file.requireIntact();
            return true;
        } catch (IOException e) {
            end(changed(e));
            return false;
        }
    }

    private Ending failure(Throwable cause) {
        return changed().orElseGet(() -> {
            LOG.debug("{} to {}", file.request().path(), peer.remote(), cause);
            return Ending.CLIENT_LEFT;
        });
    }

    /** When it was the file that failed. */
    private Optional<Ending> changed() {
        try {
            file.requireIntact();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(changed(e));
        }
    }

    private Ending changed(IOException how) {
        LOG.warn(
                "{} was changed while it was sent to {}, the connection is closed: {}; put new files beside the old ones"
                        + " and rename them",
                ClientText.printable(file.request().path()),
                file.request().clientAddress(),
                how.getMessage());
        return new Ending(Outcome.FAILED, how.getMessage());
    }

    /** For how long the client has taken nothing. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - movedAt);
    }

    /** Ends it, once. */
    void end(Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("closing {}", file.request().path(), e);
        }
        String part = body.isWhole() ? "" : "bytes " + body;
        String detail = part + (part.isEmpty() || ending.detail().isEmpty() ? "" : ": ") + ending.detail();
        transfer.end(ending.outcome(), detail);
        TransferLog.ended(transfer, body, ending, Duration.ofNanos(System.nanoTime() - begunAt));
        whenEnded.accept(ending);
    }
}
