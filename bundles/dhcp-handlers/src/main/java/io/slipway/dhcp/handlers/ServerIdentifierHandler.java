package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.util.Arrays;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/**
 * Who speaks with whom: sets the server identifier, echoes what identifies the client and its relay agent in every
 * reply, a NAK included, and leaves alone what was sent to another server.
 */
@Component(property = DhcpHandler.NAME + "=server-identifier")
public final class ServerIdentifierHandler implements DhcpHandler {

    private static final int LONGEST_OPTION = 255;

    @Override
    public Verdict handle(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        Optional<Inet4Address> named = request.option(DhcpOptions.DHCP_SERVER_IDENTIFIER);
        // RFC 2131 section 4.1: any of our addresses means us. On port 4011 the client may name the server that gave it
        // its address, and still means us.
        if (!Doors.isPxe(exchange)
                && named.isPresent()
                && !exchange.serverAddresses().contains(named.get())) {
            return Verdict.drop("not for this server");
        }
        // RFC 3046 section 2.2: whole and unchanged, in every reply.
        echo(exchange, DhcpOptions.DHCP_AGENT_OPTIONS);
        if (request.bytes(DhcpOptions.DHCP_MESSAGE_TYPE.code()).isPresent()) {
            identify(exchange);
            echoClientIdentifier(exchange);
        }
        return Verdict.next();
    }

    /**
     * The client is served from our address in its subnet, if there is one: an interface may have an address in each of
     * several subnets, and must identify itself by one that the client can reach (RFC 2131 section 4.1).
     */
    static void serve(DhcpExchange exchange, Subnet subnet) {
        Inet4Address before = exchange.serverAddress();
        if (!subnet.network().contains(before)) {
            exchange.serverAddresses().stream()
                    .filter(subnet.network()::contains)
                    .findFirst()
                    .ifPresent(exchange::serveFrom);
        }
        if (!exchange.serverAddress().equals(before)
                && exchange.replySoFar()
                        .bytes(DhcpOptions.DHCP_SERVER_IDENTIFIER.code())
                        .isPresent()) {
            identify(exchange);
        }
    }

    private static void identify(DhcpExchange exchange) {
        exchange.reply().option(DhcpOptions.DHCP_SERVER_IDENTIFIER, exchange.serverAddress());
    }

    /** RFC 6842 section 3. Options of one code are joined (RFC 3396), which must not fill the reply. */
    private static void echoClientIdentifier(DhcpExchange exchange) {
        int code = DhcpOptions.DHCP_CLIENT_IDENTIFIER.code();
        exchange.request().bytes(code).ifPresent(bytes -> exchange.reply()
                .bytes(code, Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_OPTION))));
    }

    private static void echo(DhcpExchange exchange, DhcpOption<?> option) {
        exchange.request().bytes(option.code()).ifPresent(bytes -> exchange.reply()
                .bytes(option.code(), bytes));
    }
}
