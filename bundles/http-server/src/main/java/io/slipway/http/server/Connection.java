package io.slipway.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
import io.slipway.boot.Transfer.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: reads a request, has it answered, reads the next. Belongs to one event loop, but for
 * {@link #stopSoon} and {@link #giveWay}.
 */
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
    private volatile Optional<ChannelHandlerContext> context = Optional.empty();

    private State state = State.READING;
    private Optional<HttpRequest> request = Optional.empty();
    private Optional<Exchange> exchange = Optional.empty();

    Connection(Connections all, Peer peer, RequestDecoder decoder) {
        this.all = all;
        this.peer = peer;
        this.decoder = decoder;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = Optional.of(ctx);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
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
        all.waitsNoMore(this);
        alarm.cancel();
        decoder.hold();
        Exchange begun = new Exchange(ctx, peer, request.orElseThrow(), all, keepAlive -> answered(ctx, keepAlive));
        request = Optional.empty();
        exchange = Optional.of(begun);
        begun.begin(write -> whenWritable(ctx, () -> {
            watch(ctx, begun);
            write.run();
        }));
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

    /** From here on the client must take something of the answer now and then. */
    private void watch(ChannelHandlerContext ctx, Exchange sending) {
        Duration limit = all.serving().settings().sendTimeout();
        Duration left = limit.minus(sending.silence());
        if (left.isNegative() || left.isZero()) {
            all.counters().add(Counters.Count.TOO_SLOW);
            sending.end(new Ending(Outcome.TIMED_OUT, "the client took nothing for " + limit.toMillis() + " ms"));
            ctx.close();
        } else {
            alarm.set(ctx.executor(), left, () -> watch(ctx, sending));
        }
    }

    /** The answer is written, and taken by the socket. */
    private void answered(ChannelHandlerContext ctx, boolean keepAlive) {
        alarm.cancel();
        exchange = Optional.empty();
        all.waits(this);
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
        ChannelFuture shut = duplex.shutdownOutput();
        shut.addListener(done -> {
            if (!done.isSuccess()) {
                ctx.close();
            }
        });
        alarm.set(ctx.executor(), LINGER, ctx::close);
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
        }
        super.userEventTriggered(ctx, event);
    }

    /** Ends when the request under way is answered; at once when there is none. May be called on any thread. */
    void stopSoon(boolean now) {
        soon(ctx -> stop(ctx, now));
    }

    /** Another is to have its place: ends, unless a request has come meanwhile. May be called on any thread. */
    void giveWay() {
        soon(ctx -> ctx.executor()
                .schedule(
                        () -> {
                            if (state != State.ANSWERING) {
                                ctx.close();
                            }
                        },
                        LAST_CALL_MILLIS,
                        TimeUnit.MILLISECONDS));
    }

    private void soon(Consumer<ChannelHandlerContext> action) {
        context.ifPresent(ctx -> {
            try {
                ctx.executor().execute(() -> action.accept(ctx));
            } catch (RejectedExecutionException e) {
                // The event loop has stopped, and closed the channel as it did.
                LOG.debug("{} was over before it could be stopped", peer.remote(), e);
            }
        });
    }

    private void stop(ChannelHandlerContext ctx, boolean now) {
        if (now || state != State.ANSWERING) {
            exchange.ifPresent(present -> present.end(Ending.STOPPING));
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        alarm.cancel();
        exchange.ifPresent(present -> present.end(Ending.CLIENT_LEFT));
        exchange = Optional.empty();
        all.forget(this);
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException || cause instanceof UncheckedIOException) {
            LOG.debug("{}: {}", peer.remote(), cause.toString());
        } else {
            LOG.error(
                    "a request of {} has failed: this is a fault of the server; report it with data/log/traces.log",
                    peer.remote(),
                    cause);
            exchange.ifPresent(present -> present.end(new Ending(Outcome.FAILED, cause.toString())));
        }
        ctx.close();
    }
}
