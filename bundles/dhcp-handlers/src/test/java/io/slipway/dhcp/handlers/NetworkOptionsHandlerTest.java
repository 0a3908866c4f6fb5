package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a client is told beside its address, by {@link NetworkOptionsHandler} and {@link ServerIdentifierHandler}. */
class NetworkOptionsHandlerTest {

    private static final Subnet FULL = Chain.subnet(Map.of(
            "subnet", "192.0.2.0/25",
            "range", "192.0.2.100-192.0.2.119",
            "routers", "192.0.2.1",
            "dns", "192.0.2.2, 192.0.2.3",
            "domain", "lab.example",
            "ntp", "192.0.2.4",
            "leaseTime", "4000"));

    private final Chain chain = Chain.with(settings -> settings, FULL);

    @Test
    void theEssentialsAreToldUnasked() {
        DhcpMessage offer = chain.send(discover(mac(1))).orElseThrow();
        assertEquals(Optional.of(ip("255.255.255.128")), offer.option(DhcpOptions.SUBNET_MASK));
        assertEquals(Optional.of(List.of(ip("192.0.2.1"))), offer.option(DhcpOptions.ROUTERS));
        assertEquals(
                Optional.of(List.of(ip("192.0.2.2"), ip("192.0.2.3"))), offer.option(DhcpOptions.DOMAIN_NAME_SERVERS));
        assertEquals(Optional.of("lab.example"), offer.option(DhcpOptions.DOMAIN_NAME));
        assertEquals(Optional.of(FakeExchange.SERVER), offer.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
        assertEquals(Optional.of(Duration.ofSeconds(4000)), offer.option(DhcpOptions.DHCP_LEASE_TIME));
        assertEquals(Optional.of(Duration.ofSeconds(2000)), offer.option(DhcpOptions.DHCP_RENEWAL_TIME));
        assertEquals(Optional.of(Duration.ofSeconds(3500)), offer.option(DhcpOptions.DHCP_REBINDING_TIME));
        assertEquals(Optional.empty(), offer.option(DhcpOptions.BROADCAST_ADDRESS));
        assertEquals(Optional.empty(), offer.option(DhcpOptions.NTP_SERVERS));
    }

    @Test
    void theRestIsToldWhenAsked() {
        DhcpMessage offer = chain.send(
                        discover(mac(1)).option(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST, new byte[] {28, 42}))
                .orElseThrow();
        assertEquals(Optional.of(ip("192.0.2.127")), offer.option(DhcpOptions.BROADCAST_ADDRESS));
        assertEquals(Optional.of(List.of(ip("192.0.2.4"))), offer.option(DhcpOptions.NTP_SERVERS));
    }

    @Test
    void whatIsNotConfiguredIsNotTold() {
        DhcpMessage offer = Chain.fresh()
                .send(discover(mac(1)).option(DhcpOptions.DHCP_PARAMETER_REQUEST_LIST, new byte[] {3, 6, 15, 42}))
                .orElseThrow();
        for (int code : new int[] {3, 6, 15, 42}) {
            assertEquals(Optional.empty(), offer.bytes(code), "option " + code);
        }
    }

    @Test
    void identifiersComeBackAsTheyCame() {
        byte[] agent = {1, 4, 'e', 't', 'h', '0', 2, 1, 7};
        byte[] clientId = {1, 0x52, 0x54, 0, 0, 0, 1};
        DhcpMessage offer = chain.send(discover(mac(1))
                        .relayAddress(ip("192.0.2.9"))
                        .bytes(82, agent)
                        .bytes(61, clientId))
                .orElseThrow();
        assertArrayEquals(agent, offer.bytes(82).orElseThrow());
        assertArrayEquals(clientId, offer.bytes(61).orElseThrow());
    }

    @Test
    void bootpGetsNetworkOptionsWithoutLeaseTimes() {
        DhcpMessage reply =
                chain.send(Chain.bootp(mac(1)).bytes(82, new byte[] {1, 1, 1})).orElseThrow();
        assertEquals(Optional.of(ip("255.255.255.128")), reply.option(DhcpOptions.SUBNET_MASK));
        assertEquals(Optional.of(List.of(ip("192.0.2.1"))), reply.option(DhcpOptions.ROUTERS));
        assertArrayEquals(new byte[] {1, 1, 1}, reply.bytes(82).orElseThrow());
        for (int code : new int[] {51, 53, 54, 58, 59}) {
            assertEquals(Optional.empty(), reply.bytes(code), "option " + code);
        }
    }
}
