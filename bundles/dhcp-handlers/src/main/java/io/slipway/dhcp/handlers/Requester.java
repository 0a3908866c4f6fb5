package io.slipway.dhcp.handlers;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who asks for an address. A client is its MAC address: ROM, loader and installer of one boot show several client
 * identifiers and must keep one address.
 *
 * @param clientId option 61 in hexadecimal
 * @param hostName option 12, printable
 * @param taken addresses that are known to be somebody's: the server's own and the relay agent's
 */
record Requester(MacAddress mac, String clientId, String hostName, Set<Inet4Address> taken) {

    /** Bytes that are kept, and stored, of what a client says it is: several options of one code may make more. */
    private static final int LONGEST = 255;

    static Requester of(DhcpExchange exchange) {
        DhcpMessage request = exchange.request();
        return new Requester(
                exchange.mac(),
                request.bytes(DhcpOptions.DHCP_CLIENT_IDENTIFIER.code())
                        .map(bytes -> HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, LONGEST)))
                        .orElse(""),
                request.option(DhcpOptions.HOST_NAME).map(Requester::printable).orElse(""),
                Stream.concat(exchange.serverAddresses().stream(), Stream.of(request.relayAddress()))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** It goes to logs and terminals. */
    private static String printable(String text) {
        String printable = text.replaceAll("[^!-~]", "?");
        return printable.substring(0, Math.min(printable.length(), LONGEST));
    }
}
