package io.slipway.http.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.slipway.http.server.Counters.Count;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until client and server have agreed on keys, and makes way for the protocol that is spoken then. */
final class Handshake extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(Handshake.class);

    private final Connections all;
    private final Peer peer;
    private final SslHandler encryption;

    Handshake(Connections all, Peer peer, SslHandler encryption) {
        this.all = all;
        this.peer = peer;
        this.encryption = encryption;
        encryption.setHandshakeTimeoutMillis(
                all.serving().settings().headerTimeout().toMillis());
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                if (ApplicationProtocolNames.HTTP_2.equals(encryption.applicationProtocol())) {
                    all.addHttp2(ctx.pipeline(), peer);
                } else {
                    all.addHttp1(ctx.pipeline(), peer);
                }
                ctx.pipeline().remove(this);
            } else {
                boolean isLate = done.cause() instanceof SslHandshakeTimeoutException;
                all.counters().add(isLate ? Count.TOO_SLOW : Count.MALFORMED);
                LOG.debug("{}: no handshake: {}", peer.remote(), ClientText.printable(String.valueOf(done.cause())));
                ctx.close();
            }
        } else if (event instanceof Stopping) {
            ctx.close();
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        all.forget(ctx.channel());
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{}: {}", peer.remote(), ClientText.printable(cause.toString()));
        ctx.close();
    }
}
