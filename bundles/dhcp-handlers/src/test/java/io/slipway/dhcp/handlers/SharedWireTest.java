package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.bootp;
import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.rebooting;
import static io.slipway.dhcp.handlers.Chain.release;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An interface with an address in each of two subnets. */
class SharedWireTest {

    private static final Inet4Address SERVER_A = ip("192.0.2.1");
    private static final Inet4Address SERVER_B = ip("198.51.100.1");
    private static final Subnet A = Chain.subnet("192.0.2.0/24", "192.0.2.100-192.0.2.101");
    private static final Subnet B = Chain.subnet("198.51.100.0/24", "198.51.100.100-198.51.100.101");

    private final Chain chain = Chain.with(settings -> settings, A, B);

    private static Subnet named(String name, Subnet subnet) {
        return new Subnet(
                name,
                subnet.network(),
                subnet.pools(),
                subnet.routers(),
                subnet.level(),
                subnet.sharedNetwork(),
                subnet.relays(),
                subnet.link());
    }

    private static FakeExchange exchange(DhcpMessage.Builder request) {
        return new FakeExchange(request.build()).on("eth0", SERVER_A, SERVER_B);
    }

    private DhcpMessage send(DhcpMessage.Builder request) {
        return chain.send(exchange(request)).orElseThrow();
    }

    private static void assertServed(String address, Inet4Address server, DhcpMessage reply) {
        assertEquals(ip(address), reply.yourAddress());
        assertEquals(Optional.of(server), reply.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
        assertEquals(Optional.of(ip("255.255.255.0")), reply.option(DhcpOptions.SUBNET_MASK));
    }

    @Test
    void theFirstSubnetComesFirst() {
        assertServed("192.0.2.100", SERVER_A, send(discover(mac(1))));
    }

    @Test
    void subnetsComeInTheOrderOfTheirFiles() {
        chain.serve(named("b", A), named("a", B));
        assertServed("198.51.100.100", SERVER_B, send(discover(mac(1))));
    }

    @Test
    void whoAsksForAnAddressGetsItsSubnet() {
        assertServed("198.51.100.101", SERVER_B, send(discover(mac(1), "198.51.100.101")));
        assertServed("198.51.100.101", SERVER_B, send(rebooting(mac(1), ip("198.51.100.101"))));
        assertServed("198.51.100.101", SERVER_B, send(renewing(mac(1), ip("198.51.100.101"))));
    }

    @Test
    void whoSelectsAnOfferNamesItsServer() {
        send(discover(mac(1), "198.51.100.101"));
        assertServed(
                "198.51.100.101",
                SERVER_B,
                send(rebooting(mac(1), ip("198.51.100.101")).option(DhcpOptions.DHCP_SERVER_IDENTIFIER, SERVER_B)));
    }

    @Test
    void whoSelectsAnotherServersOfferIsLeftAlone() {
        FakeExchange other = exchange(
                rebooting(mac(1), ip("198.51.100.101")).option(DhcpOptions.DHCP_SERVER_IDENTIFIER, ip("198.51.100.2")));
        assertEquals(Verdict.drop("not for this server"), chain.run(other));
    }

    @Test
    void whoHasAnAddressKeepsItWhateverItAsksFor() {
        send(rebooting(mac(1), ip("198.51.100.100")));
        assertServed("198.51.100.100", SERVER_B, send(discover(mac(1))));
        assertServed("198.51.100.100", SERVER_B, send(discover(mac(1), "192.0.2.101")));
    }

    /** The interface had another address each time, so that neither lease was seen when the other was made. */
    @Test
    void whoHasSeveralAddressesKeepsTheNewest() {
        alone(SERVER_B, rebooting(mac(1), ip("198.51.100.100")));
        chain.pass(Duration.ofSeconds(1));
        alone(SERVER_A, rebooting(mac(1), ip("192.0.2.101")));
        assertServed("192.0.2.101", SERVER_A, send(discover(mac(1))));
        chain.pass(Duration.ofSeconds(1));
        alone(SERVER_B, renewing(mac(1), ip("198.51.100.100")));
        assertServed("198.51.100.100", SERVER_B, send(discover(mac(1))));
    }

    private void alone(Inet4Address server, DhcpMessage.Builder request) {
        FakeExchange exchange = new FakeExchange(request.build()).on("eth0", server);
        assertEquals(
                Optional.of(DhcpMessageType.ACK),
                chain.send(exchange).orElseThrow().type());
    }

    @Test
    void whoHasAnAddressGetsNoSecondOne() {
        send(rebooting(mac(1), ip("198.51.100.100")));
        DhcpMessage reply = send(rebooting(mac(1), ip("192.0.2.101")));
        assertEquals(Optional.of(DhcpMessageType.NAK), reply.type());
    }

    @Test
    void whoHadAnAddressGetsItAgain() {
        send(rebooting(mac(1), ip("198.51.100.100")));
        chain.run(exchange(release(mac(1), ip("198.51.100.100")).option(DhcpOptions.DHCP_SERVER_IDENTIFIER, SERVER_B)));
        assertServed("198.51.100.100", SERVER_B, send(discover(mac(1))));
        assertServed("192.0.2.100", SERVER_A, send(discover(mac(2))));
    }

    @Test
    void whenASubnetIsFullTheNextOneIsUsed() {
        send(rebooting(mac(1), ip("192.0.2.100")));
        send(rebooting(mac(2), ip("192.0.2.101")));
        assertServed("198.51.100.100", SERVER_B, send(discover(mac(3))));
        assertEquals(ip("198.51.100.101"), send(bootp(mac(4))).yourAddress());
        chain.pass(Leases.OFFER_TIME);
        send(rebooting(mac(3), ip("198.51.100.100")));
        assertTrue(chain.send(exchange(discover(mac(5)))).isEmpty(), "all are in use");
    }

    @Test
    void anAddressOfNeitherSubnetIsRefused() {
        DhcpMessage reply = send(rebooting(mac(1), ip("203.0.113.7")));
        assertEquals(Optional.of(DhcpMessageType.NAK), reply.type());
        assertEquals(Optional.of(SERVER_A), reply.option(DhcpOptions.DHCP_SERVER_IDENTIFIER));
    }

    @Test
    void noServerAddressIsLeased() {
        Subnet wide = Chain.subnet("198.51.100.0/24", "198.51.100.1-198.51.100.2");
        chain.serve(wide);
        assertServed("198.51.100.2", SERVER_B, send(discover(mac(1))));
    }

    @Test
    void aRelayedClientIsServedFromTheAddressThatItsAgentAsked() {
        Subnet far = Chain.subnet("203.0.113.0/24", "203.0.113.100-203.0.113.119");
        chain.serve(A, B, far);
        assertServed("203.0.113.100", SERVER_A, send(discover(mac(1)).relayAddress(ip("203.0.113.1"))));
    }
}
