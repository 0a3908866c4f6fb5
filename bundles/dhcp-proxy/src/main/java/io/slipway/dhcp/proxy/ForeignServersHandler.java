package io.slipway.dhcp.proxy;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.RelayAgentInformation;
import java.net.Inet4Address;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Hears which server a client chose. Its place is before {@code server-identifier}, which leaves alone what was sent to
 * another server; the handler {@code boot} learns from it whose requests will come from the address.
 */
@Component(property = DhcpHandler.NAME + "=foreign-servers")
public final class ForeignServersHandler implements DhcpHandler {

    private static final String PXE_DOOR = "pxe";

    private final SegmentModes modes;

    @Activate
    public ForeignServersHandler(@Reference SegmentModes modes) {
        this.modes = modes;
    }

    @Override
    public Verdict handle(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        // RFC 2131 section 4.3.2: only in the state SELECTING a REQUEST names a server.
        boolean isRequest = request.type().equals(Optional.of(DhcpMessageType.REQUEST));
        if (!isRequest || exchange.door().equals(PXE_DOOR)) {
            return Verdict.next();
        }
        Optional<Inet4Address> server = request.option(DhcpOptions.DHCP_SERVER_IDENTIFIER);
        if (server.isEmpty() || isOurs(exchange, server.get())) {
            return Verdict.next();
        }
        if (exchange.isTrial()) {
            exchange.explain(
                    "the client has chosen the DHCP server " + server.get().getHostAddress());
            return Verdict.skipTo("boot");
        }
        modes.chosen(Segment.of(exchange), server.get());
        return Verdict.skipTo("boot");
    }

    /** A proxy leases nothing: who names its address means another server on this host. */
    private boolean isOurs(DhcpExchange exchange, Inet4Address server) {
        // RFC 5107 section 4: the name that the relay agent gave this server
        boolean isOurName = exchange.serverAddresses().contains(server)
                || RelayAgentInformation.of(exchange.request())
                        .serverIdentifierOverride()
                        .equals(Optional.of(server));
        return isOurName && modes.of(exchange) != Mode.PROXY;
    }
}
