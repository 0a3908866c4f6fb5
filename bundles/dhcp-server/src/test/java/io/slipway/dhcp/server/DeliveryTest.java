package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Replies to clients without an address, RFC 2131 section 4.1. */
class DeliveryTest {

    private static final String FRAME = "frame 020000000001";

    @Test
    void aClientWithoutAnAddressIsReachedAlone() throws InterruptedException {
        try (ServerFixture fixture = server(Replies.FRAME)) {
            FakeDoor.Sent sent = answer(fixture, discover());
            assertEquals(FRAME, sent.way());
            assertEquals(new InetSocketAddress(Addresses.parse("192.0.2.100"), 68), sent.to());
            assertEquals(Optional.of(FakeDoor.SERVER), sent.from());
            fixture.server.apply(settings(Replies.ARP));
            assertEquals("arp 020000000001", answer(fixture, discover()).way());
            assertDelivered(fixture, "arp", 2, 0, 0, 0);
            fixture.server.apply(settings(Replies.BROADCAST));
            assertBroadcast(answer(fixture, discover()));
            assertDelivered(fixture, "broadcast", 2, 0, 1, 0);
        }
    }

    @Test
    void theFramesSourceIsTheAddressInTheClientsSubnet() throws InterruptedException {
        try (ServerFixture fixture = server(Replies.FRAME)) {
            fixture.dhcp.addresses("198.51.100.1", "192.0.2.1");
            fixture.register("served", 1, exchange -> {
                exchange.serveFrom(FakeDoor.SERVER);
                return Verdict.next();
            });
            fixture.server.apply(
                    ServerFixture.settings("served, answer", 2, 64, Duration.ofSeconds(60), Replies.FRAME));
            FakeDoor.Sent sent = answer(fixture, discover());
            assertEquals(FRAME, sent.way());
            assertEquals(Optional.of(FakeDoor.SERVER), sent.from());
            FakeDoor.Sent broadcast = answer(fixture, discover().flags(0x8000));
            assertBroadcast(broadcast);
            assertEquals(Optional.of(FakeDoor.SERVER), broadcast.from());
        }
    }

    @Test
    void othersAreBroadcast() throws InterruptedException {
        try (ServerFixture fixture = server(Replies.FRAME)) {
            assertBroadcast(answer(fixture, discover().flags(0x8000)));
            for (byte[] hardware : List.of(new byte[] {1, 0, 0x5e, 0, 0, 1}, new byte[6], new byte[] {2, 0, 0, 0, 1})) {
                assertBroadcast(answer(
                        fixture,
                        discover().hardware(DhcpMessage.ETHERNET, hardware).bytes(61, new byte[] {0, 1, 2, 3})));
            }
            DhcpMessage.Builder infiniband =
                    discover().hardware(32, new byte[0]).bytes(61, new byte[] {0, 1, 2, 3});
            assertBroadcast(answer(fixture, infiniband));
            assertDelivered(fixture, "frame", 0, 0, 5, 0);
        }
    }

    @Test
    void whoHasAnAddressOrARelayAgentIsReachedAsEver() throws InterruptedException {
        try (ServerFixture fixture = server(Replies.FRAME)) {
            FakeDoor.Sent renewal = answer(fixture, discover().clientAddress(Addresses.parse("192.0.2.7")));
            assertEquals(new InetSocketAddress(Addresses.parse("192.0.2.7"), 68), renewal.to());
            FakeDoor.Sent relayed = answer(fixture, discover().relayAddress(Addresses.parse("198.51.100.1")));
            assertEquals(new InetSocketAddress(Addresses.parse("198.51.100.1"), 67), relayed.to());
            assertEquals("kernel", relayed.way());
            assertEquals(Optional.empty(), relayed.from());
            assertDelivered(fixture, "frame", 0, 0, 0, 2);
        }
    }

    @Test
    void aNakAndAReplyWithoutAnAddressAreBroadcast() throws InterruptedException {
        for (DhcpMessageType type : List.of(DhcpMessageType.NAK, DhcpMessageType.OFFER)) {
            DhcpHandler handler = exchange -> {
                exchange.reply().type(type); // an OFFER of proxyDHCP gives no address
                return Verdict.reply();
            };
            try (ServerFixture fixture = server(Replies.FRAME, handler)) {
                assertBroadcast(answer(fixture, discover()));
            }
        }
    }

    @Test
    void theBootServersAnswerIsNoFrame() throws InterruptedException {
        try (ServerFixture fixture = server(Replies.FRAME)) {
            fixture.server.opened(fixture.pxe);
            fixture.receive(discover().build(), ServerFixture.CLIENT, fixture.pxe);
            assertBroadcast(fixture.pxe.next());
        }
    }

    @Test
    void whatIsRefusedIsBroadcast() throws InterruptedException {
        try (ServerFixture fixture = server(Replies.FRAME)) {
            fixture.dhcp.isRefused = true;
            assertBroadcast(answer(fixture, discover()));
            assertDelivered(fixture, "frame", 0, 1, 1, 0);
        }
    }

    @Test
    void whatIsNotPermittedIsNotTried() throws InterruptedException {
        try (ServerFixture fixture = server(Replies.BROADCAST)) {
            fixture.dhcp.obstacle = Optional.of("frames need root");
            fixture.server.apply(settings(Replies.FRAME));
            assertBroadcast(answer(fixture, discover()));
            assertDelivered(fixture, "broadcast (no frame)", 0, 0, 1, 0);
            fixture.dhcp.obstacle = Optional.empty();
            fixture.server.opened(fixture.dhcp);
            assertEquals(FRAME, answer(fixture, discover()).way());
            assertDelivered(fixture, "frame", 1, 0, 1, 0);
        }
    }

    private static ServerFixture server(Replies replies) {
        return server(replies, ServerFixture.ANSWER);
    }

    private static ServerFixture server(Replies replies, DhcpHandler handler) {
        ServerFixture fixture = new ServerFixture(settings(replies));
        fixture.register("answer", handler);
        fixture.server.opened(fixture.dhcp);
        return fixture;
    }

    private static Settings settings(Replies replies) {
        return ServerFixture.settings("answer", 2, 64, Duration.ofSeconds(60), replies);
    }

    private static DhcpMessage.Builder discover() {
        return ServerFixture.request(1, DhcpMessageType.DISCOVER);
    }

    private static FakeDoor.Sent answer(ServerFixture fixture, DhcpMessage.Builder request)
            throws InterruptedException {
        fixture.receive(request);
        return fixture.dhcp.next();
    }

    private static void assertBroadcast(FakeDoor.Sent sent) {
        assertEquals(new InetSocketAddress(Addresses.BROADCAST, 68), sent.to());
        assertEquals("kernel", sent.way());
    }

    private static void assertDelivered(
            ServerFixture fixture, String newcomers, long direct, long failed, long broadcast, long unicast) {
        DhcpStatistics.Delivered expected =
                new DhcpStatistics.Delivered("eth0", newcomers, direct, failed, broadcast, unicast);
        // a reply is counted as it is sent, or just after
        ServerFixture.await(() -> fixture.server.delivered().equals(List.of(expected)), expected.toString());
    }
}
