package io.slipway.http.server;

import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.slipway.boot.Transfer.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what has gone wrong with a connection from what is a fault of the server. */
final class Failure {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private Failure() {}

    /** How a request ends that has failed by a fault of the server; empty when the connection has failed, or its client. */
    static Optional<Ending> of(Peer peer, Throwable cause) {
        // Around what a client has sent that it must not, Netty's decoders put an exception of their own.
        if (isOfClient(cause) || isOfClient(cause.getCause())) {
            LOG.debug("{}: {}", peer.remote(), ClientText.printable(cause.toString()));
            return Optional.empty();
        }
        LOG.error(
                "a request of {} has failed: this is a fault of the server; report it with data/log/traces.log",
                peer.remote(),
                cause);
        return Optional.of(new Ending(Outcome.FAILED, cause.toString()));
    }

    private static boolean isOfClient(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof UncheckedIOException
                || cause instanceof Http2Exception
                || cause instanceof Http2FrameStreamException;
    }
}
