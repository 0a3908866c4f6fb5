package io.slipway.sockets.internal;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.slipway.sockets.Link;
import io.slipway.sockets.StreamDoor;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An open TCP door. */
final class OpenStreamDoor extends OpenDoor implements StreamDoor {

    private static final Logger LOG = LoggerFactory.getLogger(OpenStreamDoor.class);

    OpenStreamDoor(String name, Link link, EventLoops loops, Supplier<Optional<Takers.Taker>> taker) {
        super(name, link, loops, taker);
    }

    @Override
    void bind(InetSocketAddress address, int receiveBuffer) {
        loops().listening(link().name(), address.getAddress(), this)
                .option(ChannelOption.AUTO_READ, hasTaker())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        accepted(connection);
                    }
                })
                .bind(address)
                .syncUninterruptibly();
    }

    private void accepted(Channel connection) {
        if (taker().orElse(null) instanceof Takers.Streams present) {
            try {
                present.taker().accepted(connection, this);
                return;
            } catch (RuntimeException | LinkageError e) {
                LOG.error(
                        "{} on {}: a connection from {} was lost, its taker failed: this is a fault of the bundle that"
                                + " answers there; report it with data/log/traces.log",
                        name(),
                        link().name(),
                        connection.remoteAddress(),
                        e);
            }
        }
        // Nobody took it, perhaps because its taker left after the accept; the client connects again.
        ChannelFuture unused = connection.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("{} on {}: {}", name(), link().name(), cause.toString());
        context.fireExceptionCaught(cause);
    }
}
