package io.slipway.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;
import java.util.Optional;

/**
 * Decodes one request at a time. What a client sends ahead stays in one small buffer, and then in the kernel, until
 * {@link #resume}: pipelined requests are answered in order, and however many there are cost no memory.
 */
final class RequestDecoder extends HttpRequestDecoder {

    /** The event that tells of a request which has begun and is not complete. */
    enum Progress {
        REQUEST_BEGUN
    }

    private static final int LONGEST_LINE = 4096;
    private static final int LARGEST_HEADER = 16_384;
    private static final int LARGEST_CHUNK = 1024;
    /** More than this arrives while a request is answered only when someone wants to do harm. */
    private static final int MOST_HELD = 65_536;

    private enum Mode {
        DECODE,
        HOLD,
        DISCARD
    }

    private Mode mode = Mode.DECODE;
    private boolean isWithinRequest;
    private boolean hasHeld;
    private boolean isInputShut;
    private Optional<ChannelInputShutdownEvent> heldShutdown = Optional.empty();

    RequestDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_LINE)
                .setMaxHeaderSize(LARGEST_HEADER)
                .setMaxChunkSize(LARGEST_CHUNK)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true)
                .setAllowDuplicateContentLengths(false)
                .setHeadersFactory(new HttpHeadersFactory() {
                    @Override
                    public HttpHeaders newHeaders() {
                        return new StrictHeaders();
                    }

                    @Override
                    public HttpHeaders newEmptyHeaders() {
                        return new StrictHeaders();
                    }
                }));
    }

    /** Whether the client has said that it will send nothing more; what it sent before may still be held. */
    boolean isInputShut() {
        return isInputShut;
    }

    /** A request is complete: keeps what follows. */
    void hold() {
        mode = Mode.HOLD;
        hasHeld = false;
    }

    /** Nothing that follows is of interest. */
    void discard(ChannelHandlerContext own) {
        mode = Mode.DISCARD;
        setReading(own, true);
        heldShutdown.ifPresent(own::fireUserEventTriggered);
        heldShutdown = Optional.empty();
    }

    /** Goes on with what was kept. */
    void resume(ChannelHandlerContext own) throws Exception {
        mode = Mode.DECODE;
        if (hasHeld) {
            channelRead(own, Unpooled.EMPTY_BUFFER);
        }
        if (mode == Mode.DECODE && heldShutdown.isPresent()) {
            ChannelInputShutdownEvent event = heldShutdown.get();
            heldShutdown = Optional.empty();
            userEventTriggered(own, event);
        }
        if (mode == Mode.DECODE) {
            setReading(own, true);
        }
    }

    private void setReading(ChannelHandlerContext own, boolean reading) {
        // There is nothing more to read after the end, and epoll fails to begin anew (see Connection).
        if (!isInputShut) {
            own.channel().config().setAutoRead(reading);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext own, ByteBuf in, List<Object> out) throws Exception {
        switch (mode) {
            case DECODE -> {
                super.decode(own, in, out);
                boolean begun = out.isEmpty();
                if (begun && !isWithinRequest) {
                    own.fireUserEventTriggered(Progress.REQUEST_BEGUN);
                }
                isWithinRequest = begun;
            }
            case HOLD -> hold(own, in);
            case DISCARD -> in.skipBytes(in.readableBytes());
            default -> throw new IllegalStateException(mode.toString());
        }
    }

    private void hold(ChannelHandlerContext own, ByteBuf in) {
        hasHeld = true;
        setReading(own, false);
        if (in.readableBytes() > MOST_HELD) {
            in.skipBytes(in.readableBytes());
            own.close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext own) throws Exception {
        if (mode == Mode.HOLD || isInputShut) {
            // The superclass would read on when it has made no message of what it read.
            own.fireChannelReadComplete();
        } else {
            super.channelReadComplete(own);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext own, Object event) throws Exception {
        isInputShut |= event instanceof ChannelInputShutdownEvent;
        if (mode == Mode.HOLD && event instanceof ChannelInputShutdownEvent shutdown) {
            heldShutdown = Optional.of(shutdown);
        } else {
            super.userEventTriggered(own, event);
        }
    }
}
