package io.slipway.dhcp.server;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once of each burst of replies that could not be made durable. */
final class StorageFailures {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    private final Burst burst = new Burst(System::nanoTime, Duration.ofSeconds(10));

    /**
     * A reply is not sent since what must be durable is not.
     *
     * @return the reason of the drop
     */
    String failed(Packet packet, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            LOG.debug("{} is not answered: {}", packet, cause.getMessage());
            return "withdrawn";
        }
        if (burst.begins()) {
            LOG.error(
                    "DHCP replies are not sent, {} is the first: what they promise could not be stored: {}; look at "
                            + "the disk (space, health) of the data directory",
                    packet.mac(),
                    cause.toString());
        }
        LOG.debug("{} is not answered", packet, cause);
        return cause instanceof TimeoutException ? "not durable in time" : "not durable";
    }

    /** A reply that had to be durable leaves. */
    void succeeded() {
        if (burst.ends()) {
            LOG.info("DHCP replies are sent again");
        }
    }
}
