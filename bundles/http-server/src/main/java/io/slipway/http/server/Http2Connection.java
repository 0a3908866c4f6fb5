package io.slipway.http.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;

/** One client's connection by HTTP/2 (RFC 9113): each request has a stream of its own. Belongs to one event loop. */
final class Http2Connection extends ChannelInboundHandlerAdapter {

    /** Requests at a time; each holds an open file and, at most, one piece of it in memory. */
    private static final int MOST_STREAMS = 32;

    private static final int LARGEST_HEADER = 16_384;

    /** Streams that a client may take back within so many seconds (CVE-2023-44487). */
    private static final int MOST_RESETS = 200;

    private static final int RESET_SECONDS = 30;

    /** Answers to pings and settings that wait for a client which asks and does not read. */
    private static final int MOST_CONTROL_FRAMES = 1000;

    private final Connections all;
    private final Peer peer;
    private final Alarm alarm = new Alarm();
    private int streams;

    Http2Connection(Connections all, Peer peer) {
        this.all = all;
        this.peer = peer;
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer()
                        .initialSettings(new Http2Settings()
                                .maxConcurrentStreams(MOST_STREAMS)
                                .maxHeaderListSize(LARGEST_HEADER))
                        .validateRequiredPseudoHeaders(true)
                        .decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_SECONDS)
                        .encoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_SECONDS)
                        .encoderEnforceMaxQueuedControlFrames(MOST_CONTROL_FRAMES)
                        // A close waits for the streams that are open, however long: each has its own time.
                        .gracefulShutdownTimeoutMillis(-1)
                        .build(),
                new Http2MultiplexHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel stream) {
                        opened(stream);
                    }
                }),
                this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        waitForStream(ctx);
    }

    private void waitForStream(ChannelHandlerContext ctx) {
        all.waits(ctx.channel());
        alarm.set(ctx.executor(), all.serving().settings().idleTimeout(), ctx::close);
    }

    private void opened(Channel stream) {
        ChannelHandlerContext own = stream.parent().pipeline().context(this);
        if (!all.enter(stream, peer)) {
            // The client may ask again (RFC 9113 section 8.7).
            stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM));
            return;
        }
        streams++;
        alarm.cancel();
        all.waitsNoMore(own.channel());
        stream.closeFuture().addListener(closed -> {
            streams--;
            if (streams == 0 && own.channel().isActive()) {
                waitForStream(own);
            }
        });
        stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), new Http2Stream(all, peer));
    }

    /** A ping, settings and the like, to which the codec has answered. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        ReferenceCountUtil.release(frame);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof Stopping) {
            // The codec says so, takes no further request, and lets those end that it has (RFC 9113 section 6.8).
            ctx.close();
        }
        super.userEventTriggered(ctx, event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        alarm.cancel();
        all.forget(ctx.channel());
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // What is wrong with frames the codec tells the client before it closes.
        Failure.of(peer, cause).ifPresent(ending -> ctx.close());
    }
}
