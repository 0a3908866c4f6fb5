package io.slipway.machine.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One machine reads one file by HTTP/1.1, on a connection of its own. Everything runs on its event loop. */
final class HttpFetch extends ChannelInboundHandlerAdapter {

    private static final int LONGEST_HEAD = 16_384;
    private static final String LENGTH = "\r\ncontent-length: ";

    private final String host;
    private final String path;
    private final Expected expected;
    private final Duration patience;
    private final CompletableFuture<Fetched> done = new CompletableFuture<>();

    private final StringBuilder head = new StringBuilder();
    private boolean isHeadRead;
    private long length;
    private long bytes;
    private final long begunAt = System.nanoTime();
    private long heardAt = begunAt;
    private Optional<Future<?>> timer = Optional.empty();

    /** @param expected what the file is to hold, not released; empty to take any file */
    HttpFetch(String host, String path, ByteBuf expected, Duration patience) {
        this.host = host;
        this.path = path;
        this.expected = new Expected(expected);
        this.patience = patience;
    }

    CompletableFuture<Fetched> done() {
        return done;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: slipway-machine\r\n\r\n";
        context.writeAndFlush(ByteBufUtil.writeAscii(context.alloc(), request), context.voidPromise());
        watch(context);
    }

    private void watch(ChannelHandlerContext context) {
        long left = heardAt + patience.toNanos() - System.nanoTime();
        if (left <= 0) {
            end(context, Optional.of("the server was silent after " + bytes + " bytes"));
        } else {
            timer = Optional.of(context.executor().schedule(() -> watch(context), left, TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf part = (ByteBuf) message;
        try {
            heardAt = System.nanoTime();
            if (!isHeadRead && !readHead(context, part)) {
                return;
            }
            body(context, part);
        } finally {
            part.release();
        }
    }

    /** False when the answer's body does not follow, or not yet. */
    private boolean readHead(ChannelHandlerContext context, ByteBuf part) {
        while (part.isReadable()) {
            head.append((char) part.readUnsignedByte());
            if (head.length() >= 4 && head.lastIndexOf("\r\n\r\n") == head.length() - 4) {
                isHeadRead = true;
                return isGood(context);
            }
            if (head.length() > LONGEST_HEAD) {
                end(context, Optional.of("no end of the answer's head"));
                return false;
            }
        }
        return false;
    }

    private boolean isGood(ChannelHandlerContext context) {
        String text = head.toString().toLowerCase(Locale.ROOT);
        int at = text.indexOf(LENGTH);
        if (!text.startsWith("http/1.1 200 ") || at < 0) {
            end(context, Optional.of("the server said: " + head.substring(0, head.indexOf("\r\n"))));
            return false;
        }
        int from = at + LENGTH.length();
        length = Long.parseLong(text.substring(from, text.indexOf('\r', from)));
        return true;
    }

    private void body(ChannelHandlerContext context, ByteBuf part) {
        int count = part.readableBytes();
        if (!expected.holds(bytes, part, part.readerIndex(), count)) {
            end(context, Optional.of("byte " + bytes + " or one of the " + count + " from there on is wrong"));
            return;
        }
        bytes += count;
        if (bytes >= length) {
            end(context, expected.isWhole(bytes) ? Optional.empty() : Optional.of("ended after " + bytes + " bytes"));
        }
    }

    private void end(ChannelHandlerContext context, Optional<String> failure) {
        finish(failure);
        context.close();
    }

    private void finish(Optional<String> failure) {
        done.complete(new Fetched(bytes, Duration.ofNanos(System.nanoTime() - begunAt), 0, failure));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.ifPresent(running -> running.cancel(false));
        finish(Optional.of("the connection ended after " + bytes + " bytes"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(context, Optional.of(cause.toString()));
    }
}
