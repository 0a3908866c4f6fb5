package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.slipway.boot.Transfer;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.TftpDecoder;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one file from a socket of its own, lock-step (RFC 1350 section 2). Everything runs on the socket's event loop,
 * but for {@link #endSoon} and {@link #isStalled}. Only silence makes it send again, never a repeated ACK: that would
 * double every packet from there on (RFC 1123 section 4.2.3.1, the sorcerer's apprentice).
 */
final class FileSender extends SimpleChannelInboundHandler<DatagramPacket> {

    private static final Logger LOG = LoggerFactory.getLogger(FileSender.class);

    private final OpenedFile file;
    private final Terms terms;
    private final BootSide boot;
    private final Counters counters;
    private final Complaints complaints;
    private final Backoff backoff;
    private final SilenceTimer timer;
    private final Runnable whenEnded;
    private final InetSocketAddress remote;
    /** The number of the block that is shorter than the others, and ends the file (RFC 1350 section 6). */
    private final long lastBlock;

    private volatile Optional<ChannelHandlerContext> context = Optional.empty();
    private volatile Optional<Ending> requestedEnding = Optional.empty();
    private volatile boolean stalled;

    private Optional<Transfer> transfer = Optional.empty();
    /** Sent last: 0 is the OACK, 1 the first block. Counts on where the number on the wire wraps. */
    private long block;

    private long begunAt;
    private boolean ended;

    FileSender(
            OpenedFile file,
            Terms terms,
            int retries,
            BootSide boot,
            Counters counters,
            Complaints complaints,
            Runnable whenEnded) {
        this.file = file;
        this.terms = terms;
        this.boot = boot;
        this.counters = counters;
        this.complaints = complaints;
        this.backoff = new Backoff(terms.timeout(), retries);
        this.timer = new SilenceTimer(backoff, () -> context.ifPresent(this::clientIsSilent));
        this.whenEnded = whenEnded;
        this.remote = file.request().remote();
        this.lastBlock = file.length() / terms.blockSize() + 1;
    }

    /** Whether the client has taken blocks and then fallen silent. */
    boolean isStalled() {
        return stalled;
    }

    /** Ends the transfer on its event loop. May be called on any thread, at any time. */
    void endSoon(Ending ending) {
        requestedEnding = Optional.of(ending);
        Optional<ChannelHandlerContext> known = context;
        if (known.isPresent()) {
            try {
                known.get().executor().execute(() -> finish(ending));
            } catch (RejectedExecutionException e) {
                // The event loop has stopped, and closed the channel as it did: channelInactive has ended this.
                LOG.debug("{} was over before it could be ended", file.request().path(), e);
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = Optional.of(ctx);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        // Set before this channel had a context: endSoon has left it to us.
        if (requestedEnding.isPresent()) {
            finish(requestedEnding.get());
            return;
        }
        counters.add(Counters.Count.BEGUN);
        begunAt = System.nanoTime();
        transfer = Optional.of(boot.begin(file.request(), file.file()));
        block = terms.acknowledged().isEmpty() ? 1 : 0;
        send(ctx);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket datagram) {
        if (ended) {
            return;
        }
        TftpPacket packet;
        try {
            packet = TftpDecoder.decode(datagram.content());
        } catch (DecoderException e) {
            counters.add(Counters.Count.MALFORMED);
            LOG.debug("from {}: {}", datagram.sender(), e.getMessage());
            return;
        }
        if (!datagram.sender().equals(remote)) {
            refuseStranger(ctx, packet, datagram.sender());
        } else if (packet instanceof Ack ack) {
            acknowledged(ctx, ack);
        } else if (packet instanceof ErrorPacket error) {
            finish(endedByClient(error));
        } else {
            counters.add(Counters.Count.STRAY);
        }
    }

    /** RFC 1350 section 4: a packet from elsewhere is answered with an error, and the transfer goes on. */
    private void refuseStranger(ChannelHandlerContext ctx, TftpPacket packet, InetSocketAddress stranger) {
        counters.add(Counters.Count.STRAY);
        // An error is never answered with an error (RFC 1350 section 7).
        if (!(packet instanceof ErrorPacket)) {
            write(ctx, new ErrorPacket(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"), stranger);
        }
    }

    private void acknowledged(ChannelHandlerContext ctx, Ack ack) {
        if (ack.block() != (block & 0xffff)) {
            return;
        }
        backoff.reset();
        if (stalled) {
            stalled = false;
        }
        long delivered = Math.min(block * terms.blockSize(), file.length());
        transfer.ifPresent(visible -> visible.sent(delivered));
        if (block == lastBlock) {
            finish(Ending.quiet(Outcome.COMPLETED, ""));
        } else {
            block++;
            send(ctx);
        }
    }

    /** EDK2 asks for the size, takes the OACK and sends error 8; iPXE does the same with error 0. No failure. */
    private Ending endedByClient(ErrorPacket error) {
        boolean tookTheSize = block == 0 && terms.hasSize();
        if (tookTheSize
                && (error.code().equals(TftpErrorCode.OPTION_NEGOTIATION)
                        || error.code().equals(TftpErrorCode.NOT_DEFINED))) {
            return Ending.quiet(Outcome.SIZE_PROBE, "");
        }
        String text = ClientText.printable(error.message());
        return Ending.quiet(Outcome.ABORTED, "the client said: " + (text.isEmpty() ? "" : text + ", ") + error.code());
    }

    private void send(ChannelHandlerContext ctx) {
        if (block == 0) {
            write(ctx, new OptionAck(terms.acknowledged()), remote);
        } else if (!sendBlock(ctx)) {
            return;
        }
        timer.sent(ctx.executor());
    }

    private boolean sendBlock(ChannelHandlerContext ctx) {
        long position = (block - 1) * terms.blockSize();
        int count = (int) Math.min(terms.blockSize(), file.length() - position);
        ByteBuf out = ctx.alloc().directBuffer(TftpEncoder.DATA_HEADER + count);
        try {
            TftpEncoder.dataHeader(block, out);
            file.read(position, count, out);
        } catch (IOException e) {
            out.release();
            complaints.isCutShort(file.request().path(), remote, e);
            finish(Ending.failed(e.toString(), "the file cannot be read any more"));
            return false;
        }
        ctx.writeAndFlush(new DatagramPacket(out, remote), ctx.voidPromise());
        return true;
    }

    private static void write(ChannelHandlerContext ctx, TftpPacket packet, InetSocketAddress to) {
        ByteBuf out = ctx.alloc().directBuffer();
        TftpEncoder.encode(packet, out);
        ctx.writeAndFlush(new DatagramPacket(out, to), ctx.voidPromise());
    }

    private void clientIsSilent(ChannelHandlerContext ctx) {
        if (ended) {
            return;
        }
        try {
            if (backoff.again()) {
                stalled = block > 1;
                send(ctx);
            } else {
                finish(Ending.quiet(Outcome.TIMED_OUT, silence()));
            }
        } catch (RuntimeException e) {
            exceptionCaught(ctx, e);
        }
    }

    private String silence() {
        if (block == 0) {
            return "no answer to the OACK";
        }
        return block == lastBlock
                ? "every byte was sent, the last ACK never came"
                : "no ACK for block " + block + " of " + lastBlock;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        finish(Ending.quiet(Outcome.FAILED, "the socket was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            // The network refused a packet; as with any lost packet, the retransmission decides.
            LOG.debug("to {}: {}", remote, cause.toString());
            return;
        }
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
            context.ifPresent(ctx -> ending.toClient().ifPresent(error -> write(ctx, error, remote)));
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
            context.ifPresent(ChannelHandlerContext::close);
        }
    }
}
