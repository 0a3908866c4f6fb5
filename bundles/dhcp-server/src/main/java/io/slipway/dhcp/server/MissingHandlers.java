package io.slipway.dhcp.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once of each set of handlers whose absence drops packets. */
final class MissingHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    private final AtomicReference<List<String>> told = new AtomicReference<>(List.of());

    /** Packets are being dropped. */
    void warn(Chain chain) {
        if (!chain.isComplete() && !told.getAndSet(chain.missing()).equals(chain.missing())) {
            LOG.warn(
                    "DHCP packets are dropped: no handler '{}' is there; start the bundle that provides it and look at "
                            + "its configuration, or put '?' after its name in the key chain of etc/{}.cfg",
                    String.join("', '", chain.missing()),
                    Settings.PID);
        }
    }

    /** The chain is another one now. */
    void changed(Chain chain) {
        if (chain.isComplete()) {
            told.set(List.of());
        }
    }
}
