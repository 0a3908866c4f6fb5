package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.RelayAgentInformation;
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
    private static final int LOOPBACK = 127;
    private static final int FIRST_MULTICAST = 224;

    @Override
    public Verdict handle(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        if (exchange.serverAddresses().contains(request.relayAddress())) {
            // The reply would come back to this server, which is no relay agent.
            return Verdict.drop("the relay address is this server's own");
        }
        // Replies go there (RFC 2131 section 4.1): to many at once, or to this host.
        if (isNoHosts(request.relayAddress()) || isEndOfSubnet(exchange, request.relayAddress())) {
            return Verdict.drop("the relay address is no host's");
        }
        if (isNoHosts(request.clientAddress())) {
            return Verdict.drop("the client's address is no host's");
        }
        Optional<Inet4Address> named = request.option(DhcpOptions.DHCP_SERVER_IDENTIFIER);
        // RFC 5107 section 4: to the client, the relay agent is the server, so that it sees renewals as well.
        Optional<Inet4Address> override = RelayAgentInformation.of(request).serverIdentifierOverride();
        // RFC 2131 section 4.1: any of our addresses means us.
        boolean isOurs = named.isEmpty() || exchange.serverAddresses().contains(named.get()) || named.equals(override);
        // On port 4011 the client may name the server that gave it its address, and still means us.
        if (!isOurs && !Doors.isPxe(exchange)) {
            return Verdict.drop("not for this server");
        }
        // RFC 3046 section 2.2: whole and unchanged, in every reply, even when it cannot be understood.
        echo(exchange, DhcpOptions.DHCP_AGENT_OPTIONS);
        // RFC 3011 section 2: a client that selects its subnet discards replies without it.
        echo(exchange, DhcpOptions.SUBNET_SELECTION);
        if (request.bytes(DhcpOptions.DHCP_MESSAGE_TYPE.code()).isPresent()) {
            exchange.reply().option(DhcpOptions.DHCP_SERVER_IDENTIFIER, override.orElseGet(exchange::serverAddress));
            echoClientIdentifier(exchange);
        }
        return Verdict.next();
    }

    /** RFC 1122 section 3.2.1.3: an address of this network, loopback, multicast and what is beyond. */
    private static boolean isNoHosts(Inet4Address address) {
        int first = address.getAddress()[0] & 0xff;
        return (first == 0 && !address.equals(Addresses.ANY)) || first == LOOPBACK || first >= FIRST_MULTICAST;
    }

    /** Whether it is the address of the server's own subnet, or its broadcast address. */
    private static boolean isEndOfSubnet(DhcpExchange exchange, Inet4Address address) {
        int hosts = exchange.prefixLength() > 30 ? 0 : -1 >>> exchange.prefixLength();
        int place = Addresses.bits(address) & hosts;
        boolean isNear = ((Addresses.bits(address) ^ Addresses.bits(exchange.serverAddress())) & ~hosts) == 0;
        return hosts != 0 && isNear && (place == 0 || place == hosts);
    }

    /**
     * The client is served from our address in its subnet, if there is one: an interface may have an address in each of
     * several subnets, and must identify itself by one that the client can reach (RFC 2131 section 4.1).
     */
    static void serve(DhcpExchange exchange, Subnet subnet) {
        Inet4Address before = exchange.serverAddress();
        if (subnet.network().contains(before)) {
            return;
        }
        exchange.serverAddresses().stream()
                .filter(subnet.network()::contains)
                .findFirst()
                .ifPresent(exchange::serveFrom);
        boolean isNamed =
                exchange.replySoFar().option(DhcpOptions.DHCP_SERVER_IDENTIFIER).equals(Optional.of(before));
        if (isNamed && !exchange.serverAddress().equals(before)) {
            exchange.reply().option(DhcpOptions.DHCP_SERVER_IDENTIFIER, exchange.serverAddress());
        }
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
