package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class DestinationTest {

    private static final DhcpHandler NAK = exchange -> {
        exchange.reply().type(DhcpMessageType.NAK);
        return Verdict.reply();
    };

    @Test
    void relayAgentFirst() throws InterruptedException {
        FakeDoor.Sent sent = dhcp(
                ServerFixture.ANSWER,
                discover()
                        .relayAddress(Addresses.parse("198.51.100.1"))
                        .clientAddress(Addresses.parse("198.51.100.7"))
                        .flags(0x8000));
        assertTo("198.51.100.1", 67, sent);
        assertEquals(Addresses.parse("198.51.100.1"), sent.message().relayAddress());
    }

    @Test
    void clientWithAnAddress() throws InterruptedException {
        FakeDoor.Sent sent = dhcp(
                ServerFixture.ANSWER,
                request().clientAddress(Addresses.parse("192.0.2.7")).flags(0x8000));
        assertTo("192.0.2.7", 68, sent);
        assertEquals(Addresses.parse("192.0.2.7"), sent.message().clientAddress());
    }

    @Test
    void clientWithoutAnAddress() throws InterruptedException {
        FakeDoor.Sent flagged = dhcp(ServerFixture.ANSWER, discover().flags(0x8000));
        assertTo("255.255.255.255", 68, flagged);
        assertTrue(flagged.message().isBroadcast());
        FakeDoor.Sent plain = dhcp(ServerFixture.ANSWER, discover());
        assertTo("255.255.255.255", 68, plain);
        assertFalse(plain.message().isBroadcast());
    }

    @Test
    void nakIsBroadcastSinceTheAddressMayBeWrong() throws InterruptedException {
        FakeDoor.Sent sent = dhcp(NAK, request().clientAddress(Addresses.parse("192.0.2.7")));
        assertTo("255.255.255.255", 68, sent);
        assertEquals(Addresses.ANY, sent.message().clientAddress());
    }

    @Test
    void nakByRelayAgentAsksItToBroadcast() throws InterruptedException {
        FakeDoor.Sent sent = dhcp(NAK, request().relayAddress(Addresses.parse("198.51.100.1")));
        assertTo("198.51.100.1", 67, sent);
        assertTrue(sent.message().isBroadcast());
    }

    @Test
    void bootServerAnswersWhenceItWasAsked() throws InterruptedException {
        DhcpMessage request =
                request().clientAddress(Addresses.parse("192.0.2.7")).build();
        assertTo("192.0.2.7", 68, pxe(request, new InetSocketAddress(Addresses.parse("192.0.2.7"), 68)));
        assertTo("192.0.2.7", 4011, pxe(request, new InetSocketAddress(Addresses.parse("192.0.2.7"), 4011)));
    }

    @Test
    void bootServerAnswersFirmwareThatSendsFromNoAddress() throws InterruptedException {
        InetSocketAddress nowhere = new InetSocketAddress(Addresses.ANY, 68);
        DhcpMessage named =
                request().clientAddress(Addresses.parse("192.0.2.7")).build();
        assertTo("192.0.2.7", 68, pxe(named, nowhere));
        assertTo("255.255.255.255", 68, pxe(request().build(), nowhere));
    }

    private static FakeDoor.Sent dhcp(DhcpHandler handler, DhcpMessage.Builder request) throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("answer")) {
            fixture.register("answer", handler);
            fixture.receive(request);
            return fixture.dhcp.next();
        }
    }

    private static FakeDoor.Sent pxe(DhcpMessage request, InetSocketAddress sender) throws InterruptedException {
        try (ServerFixture fixture = new ServerFixture("answer")) {
            fixture.register("answer", ServerFixture.ANSWER);
            fixture.receive(request, sender, fixture.pxe);
            return fixture.pxe.next();
        }
    }

    private static DhcpMessage.Builder discover() {
        return ServerFixture.request(1, DhcpMessageType.DISCOVER);
    }

    private static DhcpMessage.Builder request() {
        return ServerFixture.request(1, DhcpMessageType.REQUEST);
    }

    private static void assertTo(String address, int port, FakeDoor.Sent sent) {
        assertEquals(new InetSocketAddress(Addresses.parse(address), port), sent.to());
    }
}
