package io.slipway.dhcp.server;

import io.slipway.dhcp.DhcpHandler;
import java.util.Comparator;

/** A handler as it is registered. */
record NamedHandler(String name, DhcpHandler handler, int ranking, long serviceId) {

    /** By ranking; of one ranking the newest first, so that a new version is deployed beside the old one. */
    static final Comparator<NamedHandler> PREFERENCE = Comparator.comparingInt(NamedHandler::ranking)
            .thenComparingLong(NamedHandler::serviceId)
            .reversed();
}
