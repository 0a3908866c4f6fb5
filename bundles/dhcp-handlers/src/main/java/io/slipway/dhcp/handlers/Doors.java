package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;

/** The doors by which requests come in. */
final class Doors {

    /** Port 4011, where firmware that has its address asks for its boot file. */
    private static final String PXE = "pxe";

    private Doors() {}

    static boolean isPxe(DhcpExchange exchange) {
        return exchange.door().equals(PXE);
    }
}
