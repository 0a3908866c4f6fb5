package io.slipway.dhcp.proxy;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.util.Optional;

/**
 * Where clients and servers hear each other's broadcasts.
 *
 * @param link the interface on which it is heard
 * @param relay the relay agent behind which it lies; empty for the interface's own
 */
record Segment(String link, Optional<Inet4Address> relay) {

    static Segment of(String link) {
        return new Segment(link, Optional.empty());
    }

    static Segment of(DhcpExchange exchange) {
        Inet4Address relay = exchange.request().relayAddress();
        return new Segment(exchange.link(), relay.equals(Addresses.ANY) ? Optional.empty() : Optional.of(relay));
    }

    /** {@code eth1}, or {@code eth1 behind 198.51.100.1}. */
    @Override
    public String toString() {
        return link
                + relay.map(address -> " behind " + address.getHostAddress()).orElse("");
    }
}
