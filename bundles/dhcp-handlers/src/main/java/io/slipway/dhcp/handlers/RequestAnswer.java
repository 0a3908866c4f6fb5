package io.slipway.dhcp.handlers;

import io.slipway.dhcp.DhcpExchange;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** What a DHCPREQUEST gets: ACK, NAK or silence (RFC 2131 section 4.3.2). */
final class RequestAnswer {

    private final Leases leases;
    private final boolean authoritative;

    RequestAnswer(Leases leases, boolean authoritative) {
        this.leases = leases;
        this.authoritative = authoritative;
    }

    /**
     * @param time how long the lease is, by the address
     */
    Verdict answer(DhcpExchange exchange, Requester who, Function<Inet4Address, Duration> time) {
        DhcpMessage request = exchange.request();
        Optional<Inet4Address> address = claimed(request);
        if (address.isEmpty()) {
            return Verdict.drop("request without an address");
        }
        // The client selected this server, or no other server may speak up: this answer is final.
        boolean isFinal = authoritative || isSelecting(request);
        Terms terms = new Terms(time.apply(address.get()), isFinal, isRebooting(request));
        Claim claim = leases.claim(who, address.get(), terms);
        if (claim instanceof Claim.Granted granted) {
            return ack(exchange, granted);
        }
        if (claim instanceof Claim.Later later) {
            return Verdict.drop(later.reason());
        }
        if (claim instanceof Claim.Refused refused) {
            return nak(exchange, refused.reason());
        }
        String reason = ((Claim.Unknown) claim).reason();
        return isFinal ? nak(exchange, reason) : Verdict.drop(reason);
    }

    private static boolean isSelecting(DhcpMessage request) {
        return request.bytes(DhcpOptions.DHCP_SERVER_IDENTIFIER.code()).isPresent()
                && request.clientAddress().equals(Addresses.ANY);
    }

    private static boolean isRebooting(DhcpMessage request) {
        return request.bytes(DhcpOptions.DHCP_SERVER_IDENTIFIER.code()).isEmpty()
                && request.clientAddress().equals(Addresses.ANY);
    }

    /** Renewing and rebinding clients fill {@code ciaddr}; selecting and rebooting ones option 50. */
    private static Optional<Inet4Address> claimed(DhcpMessage request) {
        Optional<Inet4Address> requested = request.option(DhcpOptions.DHCP_REQUESTED_ADDRESS);
        return request.clientAddress().equals(Addresses.ANY) ? requested : Optional.of(request.clientAddress());
    }

    static Verdict ack(DhcpExchange exchange, Claim.Granted granted) {
        exchange.sendAfter(granted.stored());
        exchange.reply()
                .type(DhcpMessageType.ACK)
                .yourAddress(granted.lease().address())
                .option(DhcpOptions.DHCP_LEASE_TIME, granted.lease().time());
        return Verdict.next();
    }

    /** RFC 2131 table 3: nothing but who says it, to whom, and why. */
    private static Verdict nak(DhcpExchange exchange, String reason) {
        exchange.reply().type(DhcpMessageType.NAK).option(DhcpOptions.DHCP_MESSAGE, reason);
        return Verdict.reply();
    }
}
