package io.slipway.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection by HTTP/1: reads a request, has it answered, reads the next. Belongs to one event loop. */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /**
     * How long a client may take to read the last answer and to close. Closing at once would have the kernel take back
     * what is on its way, if the client has sent something more (RFC 9112 section 9.6).
     */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Whoever has sent its request already, and is not read yet since many come at a time, has it answered. */
    private static final long LAST_CALL_MILLIS = 20;

    private static final int WRITES_AFTER_SHUTDOWN = 1024;

    private enum State {
        READING,
        ANSWERING,
        /** Writes the last answer, after which nothing is read. */
        REFUSING,
        /** Everything is written; the client is to close. */
        LINGERING
    }

    private final Connections all;
    private final Peer peer;
    private final RequestDecoder decoder;
    private final Alarm alarm = new Alarm();

    private State state = State.READING;
    private Optional<HttpRequest> request = Optional.empty();
    private Optional<Exchange> exchange = Optional.empty();

    Connection(Connections all, Peer peer, RequestDecoder decoder) {
        this.all = all;
        this.peer = peer;
        this.decoder = decoder;
    }

    /** Once there are no more bytes to read than those of requests: after a handshake, if there is one. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        alarm.set(ctx.executor(), all.serving().settings().idleTimeout(), ctx::close);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (state == State.READING && message instanceof HttpRequest begun) {
            Optional<HttpResponseStatus> refusal = RequestRules.refusal(begun);
            request = Optional.of(begun);
            refusal.ifPresent(status -> refuse(ctx, status));
        }
        if (state == State.READING && message instanceof HttpContent content) {
            if (content.decoderResult().isFailure() || content.content().isReadable()) {
                refuse(ctx, HttpResponseStatus.BAD_REQUEST);
            } else if (message instanceof LastHttpContent) {
                answer(ctx);
            }
        }
    }

    private void answer(ChannelHandlerContext ctx) {
        state = State.ANSWERING;
        all.waitsNoMore(ctx.channel());
        alarm.cancel();
        decoder.hold();
        Exchange begun = new Exchange(
                ctx,
                peer,
                request.orElseThrow(),
                all,
                write -> whenWritable(ctx, write),
                keepAlive -> answered(ctx, keepAlive));
        request = Optional.empty();
        exchange = Optional.of(begun);
        begun.begin();
    }

    /**
     * A client that has shut its side of the connection is answered on a fresh registration. Netty 4.2.18 takes such a
     * socket out of epoll, and then fails to add it again when it has to wait for the client to take something. Many
     * writes in one go keep it from coming to that again.
     */
    private void whenWritable(ChannelHandlerContext ctx, Runnable write) {
        if (!decoder.isInputShut()) {
            write.run();
            return;
        }
        Channel channel = ctx.channel();
        EventLoop loop = channel.eventLoop();
        channel.config().setWriteSpinCount(WRITES_AFTER_SHUTDOWN);
        channel.deregister().addListener(out -> loop.register(channel).addListener(in -> {
            if (in.isSuccess()) {
                write.run();
            } else {
                channel.close();
            }
        }));
    }

    /** The answer is written, and taken by the socket. */
    private void answered(ChannelHandlerContext ctx, boolean keepAlive) {
        exchange = Optional.empty();
        all.waits(ctx.channel());
        if (keepAlive && !all.isStopping()) {
            // Not at once: this may run within the decoder, and a client may have sent hundreds of requests ahead.
            ctx.executor().execute(() -> readNext(ctx));
        } else {
            closeGently(ctx);
        }
    }

    private void readNext(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            return;
        }
        if (all.isStopping()) {
            ctx.close();
            return;
        }
        state = State.READING;
        alarm.set(ctx.executor(), all.serving().settings().idleTimeout(), ctx::close);
        try {
            decoder.resume(ctx.pipeline().context(decoder));
        } catch (Exception e) { // a handler's method may throw anything; Netty hands it to exceptionCaught as well
            exceptionCaught(ctx, e);
        }
    }

    /** Answers what cannot be trusted, or came too slowly, and closes. */
    private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        state = State.REFUSING;
        decoder.discard(ctx.pipeline().context(decoder));
        alarm.cancel();
        all.counters()
                .add(
                        status.equals(HttpResponseStatus.REQUEST_TIMEOUT)
                                ? Counters.Count.TOO_SLOW
                                : Counters.Count.MALFORMED);
        LOG.debug(
                "{} is answered {} and closed: {}",
                peer.remote(),
                status,
                request.map(HttpRequest::decoderResult)
                        .filter(result -> result.isFailure())
                        .map(result -> ClientText.printable(result.cause().toString()))
                        .orElse(""));
        alarm.set(ctx.executor(), all.serving().settings().sendTimeout(), ctx::close);
        ResponseWriter.Form form = request.map(ResponseWriter.Form::of)
                .map(ResponseWriter.Form::closing)
                .orElse(ResponseWriter.CLOSE);
        ResponseWriter.write(ctx, Answer.refusal(status), form).addListener(written -> closeGently(ctx));
    }

    private void closeGently(ChannelHandlerContext ctx) {
        state = State.LINGERING;
        alarm.cancel();
        if (decoder.isInputShut() || !ctx.channel().isActive() || !(ctx.channel() instanceof DuplexChannel duplex)) {
            ctx.close();
            return;
        }
        decoder.discard(ctx.pipeline().context(decoder));
        alarm.set(ctx.executor(), LINGER, ctx::close);
        // The end of encrypted data is told by an alert of its own (RFC 8446 section 6.1).
        Optional.ofNullable(ctx.pipeline().get(SslHandler.class))
                .map(SslHandler::closeOutbound)
                .orElseGet(ctx::newSucceededFuture)
                .addListener(said -> duplex.shutdownOutput().addListener(shut -> {
                    if (!shut.isSuccess()) {
                        ctx.close();
                    }
                }));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == RequestDecoder.Progress.REQUEST_BEGUN && state == State.READING) {
            alarm.set(
                    ctx.executor(),
                    all.serving().settings().headerTimeout(),
                    () -> refuse(ctx, HttpResponseStatus.REQUEST_TIMEOUT));
        } else if (event instanceof ChannelInputShutdownEvent) {
            if (state == State.READING || state == State.LINGERING) {
                ctx.close();
            }
        } else if (event == Stopping.FOR_ANOTHER) {
            ctx.executor()
                    .schedule(
                            () -> {
                                if (state != State.ANSWERING) {
                                    ctx.close();
                                }
                            },
                            LAST_CALL_MILLIS,
                            TimeUnit.MILLISECONDS);
        } else if (event == Stopping.NOW || (event == Stopping.SOON && state != State.ANSWERING)) {
            exchange.ifPresent(present -> present.end(Ending.STOPPING));
            ctx.close();
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        alarm.cancel();
        exchange.ifPresent(present -> present.end(Ending.CLIENT_LEFT));
        exchange = Optional.empty();
        all.forget(ctx.channel());
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Failure.of(peer, cause).ifPresent(ending -> exchange.ifPresent(present -> present.end(ending)));
        ctx.close();
    }
}
