package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.sockets.Link;
import io.slipway.sockets.LinkAddress;
import java.net.Inet4Address;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An interface with several addresses. */
class OwnAddressTest {

    private static final Inet4Address FIRST = Addresses.parse("192.0.2.1");
    private static final Inet4Address SECOND = Addresses.parse("198.51.100.1");
    private static final Link LINK =
            new Link("eth0", 2, List.of(new LinkAddress(FIRST, 24), new LinkAddress(SECOND, 25)), 1500);

    private static OwnAddress of(DhcpMessage.Builder request, Inet4Address recipient) {
        return OwnAddress.of(request.build(), recipient, LINK);
    }

    private static OwnAddress broadcast(DhcpMessage.Builder request) {
        return of(request, Addresses.BROADCAST);
    }

    private static DhcpMessage.Builder request() {
        return ServerFixture.request(1, DhcpMessageType.REQUEST);
    }

    @Test
    void whatTheClientNamesStays() {
        OwnAddress asked = of(request(), SECOND);
        assertEquals(SECOND, asked.address());
        assertEquals(25, asked.prefixLength());
        assertEquals(SECOND, asked.orRather(FIRST).address());
        OwnAddress identified = broadcast(request().option(DhcpOptions.DHCP_SERVER_IDENTIFIER, SECOND));
        assertEquals(SECOND, identified.orRather(FIRST).address());
    }

    @Test
    void otherwiseTheSubnetDecides() {
        Inet4Address there = Addresses.parse("198.51.100.77");
        assertEquals(SECOND, broadcast(request().clientAddress(there)).address());
        assertEquals(SECOND, broadcast(request().relayAddress(there)).address());
        assertEquals(
                SECOND,
                broadcast(request().option(DhcpOptions.DHCP_REQUESTED_ADDRESS, there))
                        .address());
        assertEquals(
                FIRST,
                broadcast(request().clientAddress(Addresses.parse("198.51.100.200")))
                        .address());
    }

    @Test
    void aChainMayChooseAnotherOne() {
        OwnAddress primary = broadcast(ServerFixture.request(1, DhcpMessageType.DISCOVER));
        assertEquals(FIRST, primary.address());
        assertEquals(List.of(FIRST, SECOND), primary.all());
        assertEquals(SECOND, primary.orRather(SECOND).address());
        assertEquals(FIRST, primary.orRather(SECOND).orRather(FIRST).address());
        assertThrows(IllegalArgumentException.class, () -> primary.orRather(Addresses.parse("192.0.2.2")));
    }

    @Test
    void bytesThatAreNoAddressAreLeftToTheHandlers() {
        assertEquals(
                FIRST,
                broadcast(request()
                                .bytes(DhcpOptions.DHCP_SERVER_IDENTIFIER.code(), new byte[3])
                                .bytes(DhcpOptions.DHCP_REQUESTED_ADDRESS.code(), new byte[5]))
                        .address());
    }

    @Test
    void handlersSeeWhatWasChosenBefore() throws InterruptedException {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (ServerFixture fixture = new ServerFixture("choose, see")) {
            fixture.dhcp.addresses("192.0.2.1", "198.51.100.1");
            fixture.register("choose", exchange -> {
                exchange.serveFrom(exchange.serverAddresses().get(1));
                return Verdict.next();
            });
            fixture.register("see", exchange -> {
                seen.add(exchange.serverAddress().getHostAddress());
                return Verdict.drop("seen");
            });
            fixture.receive(ServerFixture.request(1, DhcpMessageType.DISCOVER));
            assertEquals("198.51.100.1", seen.poll(10, TimeUnit.SECONDS));
            fixture.receive(
                    ServerFixture.request(1, DhcpMessageType.DISCOVER).build(),
                    ServerFixture.CLIENT,
                    FIRST,
                    fixture.dhcp);
            assertEquals("192.0.2.1", seen.poll(10, TimeUnit.SECONDS));
        }
    }
}
