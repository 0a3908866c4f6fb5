package io.slipway.http.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;

/** One request by HTTP/2, on a stream of its own, and its answer. Belongs to the event loop of its connection. */
final class Http2Stream extends SimpleChannelInboundHandler<HttpObject> {

    private static final HttpVersion VERSION = new HttpVersion("HTTP", 2, 0, true);

    private final Connections all;
    private final Peer peer;
    private Optional<Exchange> exchange = Optional.empty();

    Http2Stream(Connections all, Peer peer) {
        this.all = all;
        this.peer = peer;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
        if (!(message instanceof HttpRequest request) || exchange.isPresent()) {
            return; // of a request that was refused: no more of it is of interest
        }
        // Whole, since none of ours has a body: there is nothing to wait for.
        Optional<HttpResponseStatus> refusal = RequestRules.refusal(request)
                .or(() -> request instanceof FullHttpRequest
                        ? Optional.empty()
                        : Optional.of(HttpResponseStatus.BAD_REQUEST));
        if (refusal.isPresent()) {
            all.counters().add(Counters.Count.MALFORMED);
            ResponseWriter.write(ctx, Answer.refusal(refusal.get()), ResponseWriter.CLOSE)
                    .addListener(written -> ctx.close());
            return;
        }
        request.setProtocolVersion(VERSION);
        Exchange begun = new Exchange(ctx, peer, request, all, Runnable::run, keepsAlive -> {});
        exchange = Optional.of(begun);
        begun.begin();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == Stopping.NOW) {
            exchange.ifPresent(present -> present.end(Ending.STOPPING));
            ctx.close();
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        exchange.ifPresent(present -> present.end(Ending.CLIENT_LEFT));
        all.forget(ctx.channel());
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Failure.of(peer, cause).ifPresent(ending -> exchange.ifPresent(present -> present.end(ending)));
        ctx.close();
    }
}
