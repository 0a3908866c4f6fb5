package io.slipway.machine.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import io.slipway.tftp.codec.Ack;
import io.slipway.tftp.codec.Data;
import io.slipway.tftp.codec.ErrorPacket;
import io.slipway.tftp.codec.OptionAck;
import io.slipway.tftp.codec.ReadRequest;
import io.slipway.tftp.codec.TftpDecoder;
import io.slipway.tftp.codec.TftpEncoder;
import io.slipway.tftp.codec.TftpErrorCode;
import io.slipway.tftp.codec.TftpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One machine reads one file by TFTP, from one socket. Everything runs on the socket's event loop. */
final class TftpFetch extends ChannelInboundHandlerAdapter {

    private static final int HEADER = 4;
    private static final int NUMBERS = 0xffff;
    private static final int MOST_DOUBLINGS = 3;

    private final InetSocketAddress server;
    private final String path;
    private final TftpTerms terms;
    private final Expected expected;
    private final Faults faults;
    private final Random random;
    private final CompletableFuture<Fetched> done = new CompletableFuture<>();

    /** Where the server answers from, once it has (RFC 1350 section 4). */
    private Optional<InetSocketAddress> answering = Optional.empty();

    /** Empty until then. */
    private Optional<AckSocket> acks = Optional.empty();

    private int blockSize = TftpTerms.DEFAULT_BLOCK;
    private int windowSize = 1;
    /** The last block that came in its turn. */
    private long block;

    private long bytes;
    private int unacknowledged;
    private boolean isGapTold;
    private boolean isWhole;
    private int repeats;
    private int silences;
    private long begunAt;
    private long heardAt;
    private Optional<Future<?>> timer = Optional.empty();

    /** @param expected what the file is to hold, not released; empty to take any file */
    TftpFetch(InetSocketAddress server, String path, TftpTerms terms, ByteBuf expected, Faults faults, long seed) {
        this.server = server;
        this.path = path;
        this.terms = terms;
        this.expected = new Expected(expected);
        this.faults = faults;
        this.random = new Random(seed);
    }

    CompletableFuture<Fetched> done() {
        return done;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        begunAt = System.nanoTime();
        heardAt = begunAt;
        ask(context);
        watch(context, terms.timeout().toNanos());
    }

    private void ask(ChannelHandlerContext context) {
        send(context, new ReadRequest(path, "octet", terms.options()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        if (faults.loses(random)) {
            datagram.release();
        } else if (faults.disorders(random)) {
            context.executor()
                    .schedule(() -> take(context, datagram), faults.late().toNanos(), TimeUnit.NANOSECONDS);
        } else {
            take(context, datagram);
        }
    }

    private void take(ChannelHandlerContext context, DatagramPacket datagram) {
        try {
            if (!answering.orElse(datagram.sender()).equals(datagram.sender())) {
                return;
            }
            if (answering.isEmpty()) {
                answering = Optional.of(datagram.sender());
                // So that the kernel need not look for the way with each ACK: it is the servers that are to be busy.
                context.channel().connect(datagram.sender());
                acks = AckSocket.of(context.channel());
            }
            ByteBuf content = datagram.content();
            if (content.readableBytes() >= HEADER && content.getShort(content.readerIndex()) == Data.OPCODE) {
                data(context, content);
            } else {
                other(context, TftpDecoder.decode(content));
            }
        } catch (DecoderException e) {
            end(context, Optional.of("no TFTP packet: " + e.getMessage()));
        } finally {
            datagram.release();
        }
    }

    private void other(ChannelHandlerContext context, TftpPacket packet) {
        if (packet instanceof ErrorPacket error) {
            end(context, Optional.of("the server said: " + error.message() + ", " + error.code()));
        } else if (packet instanceof OptionAck ack) {
            if (block == 0) {
                agree(ack.options());
                heard();
                acknowledge(context, 0);
            }
        } else {
            end(context, Optional.of("the server sent " + packet));
        }
    }

    private void agree(Map<String, String> options) {
        blockSize = Integer.parseInt(options.getOrDefault("blksize", Integer.toString(blockSize)));
        windowSize = Integer.parseInt(options.getOrDefault("windowsize", "1"));
    }

    private void data(ChannelHandlerContext context, ByteBuf packet) {
        int number = packet.getUnsignedShort(packet.readerIndex() + 2);
        int length = packet.readableBytes() - HEADER;
        if (number == (block + 1 & NUMBERS) && !isWhole) {
            inTurn(context, packet, length);
        } else if (!isGapTold) {
            // RFC 7440 section 4: up to where all came; in lock-step, a block that comes again.
            isGapTold = windowSize > 1;
            unacknowledged = 0;
            repeats++;
            acknowledge(context, block);
        }
    }

    private void inTurn(ChannelHandlerContext context, ByteBuf packet, int length) {
        if (!expected.holds(bytes, packet, packet.readerIndex() + HEADER, length)) {
            end(context, Optional.of("byte " + bytes + " or one of the " + length + " from there on is wrong"));
            return;
        }
        heard();
        block++;
        bytes += length;
        isGapTold = false;
        isWhole = length < blockSize;
        if (++unacknowledged == windowSize || isWhole) {
            unacknowledged = 0;
            acknowledge(context, block);
        }
        if (isWhole) {
            finish(expected.isWhole(bytes) ? Optional.empty() : Optional.of("ended after " + bytes + " bytes"));
            // The last ACK may get lost: the server may ask for it again (RFC 1350 section 6).
            if (faults.loss() == 0) {
                context.close();
            }
        }
    }

    private void acknowledge(ChannelHandlerContext context, long acknowledged) {
        if (faults.slow().isZero()) {
            sendAck(context, acknowledged);
        } else {
            context.executor()
                    .schedule(
                            () -> sendAck(context, acknowledged), faults.slow().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void sendAck(ChannelHandlerContext context, long acknowledged) {
        Ack ack = new Ack((int) (acknowledged & NUMBERS));
        if (acks.isEmpty() || !context.channel().isOpen()) {
            send(context, ack);
        } else if (!faults.loses(random)) {
            acks.get().send(ack);
        }
    }

    private void send(ChannelHandlerContext context, TftpPacket packet) {
        if (faults.loses(random)) {
            return;
        }
        ByteBuf out = context.alloc().directBuffer(packet instanceof Ack ? HEADER : 256);
        TftpEncoder.encode(packet, out);
        context.writeAndFlush(answering.isPresent() ? out : new DatagramPacket(out, server), context.voidPromise());
    }

    private void heard() {
        heardAt = System.nanoTime();
        silences = 0;
    }

    /** Almost every timer would be cancelled by a packet, so it is kept and looks again. */
    private void watch(ChannelHandlerContext context, long nanos) {
        timer = Optional.of(context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS));
    }

    private void look(ChannelHandlerContext context) {
        long patience = terms.timeout().toNanos() << Math.min(silences, MOST_DOUBLINGS);
        long left = heardAt + patience - System.nanoTime();
        if (left > 0) {
            watch(context, left);
        } else if (isWhole) {
            context.close();
        } else if (silences == terms.retries()) {
            end(context, Optional.of("the server was silent after " + bytes + " bytes"));
        } else {
            silences++;
            repeats++;
            heardAt = System.nanoTime();
            unacknowledged = 0;
            if (answering.isEmpty()) {
                ask(context);
            } else {
                sendAck(context, block);
            }
            watch(context, terms.timeout().toNanos() << Math.min(silences, MOST_DOUBLINGS));
        }
    }

    private void end(ChannelHandlerContext context, Optional<String> failure) {
        if (failure.isPresent() && answering.isPresent()) {
            send(context, new ErrorPacket(TftpErrorCode.NOT_DEFINED, "the file is not what it should be"));
        }
        finish(failure);
        context.close();
    }

    private void finish(Optional<String> failure) {
        done.complete(new Fetched(bytes, Duration.ofNanos(System.nanoTime() - begunAt), repeats, failure));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.ifPresent(running -> running.cancel(false));
        finish(Optional.of("the socket was closed"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            end(context, Optional.of(cause.toString()));
        }
    }
}
