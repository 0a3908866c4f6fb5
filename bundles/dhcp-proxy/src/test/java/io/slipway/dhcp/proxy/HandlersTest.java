package io.slipway.dhcp.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.dhcp.DhcpHandler;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the two handlers say to each kind of request in each mode. */
class HandlersTest {

    private static final Verdict LEASED_ELSEWHERE = Verdict.drop("another server leases addresses here");
    private static final byte[] BOOT_ITEM = {71, 4, (byte) 0x80, 0, 0, 0, (byte) 255};

    private final SegmentModes modes = new SegmentModes(Configured.settings("server", Map.of()));
    private final DhcpHandler foreign = new ForeignServersHandler(modes);
    private final DhcpHandler proxy = new ProxyHandler(modes);

    @AfterEach
    void close() {
        modes.close();
    }

    private void mode(String mode) {
        modes.apply(Configured.settings(mode, Map.of()));
    }

    private Verdict proxied(FakeExchange exchange) throws Exception {
        return proxy.handle(exchange);
    }

    private static DhcpMessage.Builder toOther() {
        return FakeExchange.firmware(DhcpMessageType.REQUEST)
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeExchange.OTHER)
                .option(DhcpOptions.DHCP_REQUESTED_ADDRESS, FakeExchange.OTHER);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISCOVER", "REQUEST", "DECLINE", "RELEASE", "INFORM"})
    void theServerOfASegmentIsNotInterferedWith(DhcpMessageType type) throws Exception {
        FakeExchange exchange = FakeExchange.of(FakeExchange.firmware(type));
        assertEquals(Verdict.next(), foreign.handle(exchange));
        assertEquals(Verdict.next(), proxied(exchange));
        assertEquals(Optional.empty(), exchange.replySoFar().type());
    }

    @Test
    void aProxyOffersFirmwareNoAddress() throws Exception {
        mode("proxy");
        FakeExchange exchange = FakeExchange.of(FakeExchange.firmware(DhcpMessageType.DISCOVER));
        assertEquals(Verdict.skipTo("boot"), proxied(exchange));
        assertEquals(Optional.of(DhcpMessageType.OFFER), exchange.replySoFar().type());
        FakeExchange http = FakeExchange.of(FakeExchange.request(DhcpMessageType.DISCOVER)
                .option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, "HTTPClient:Arch:00016:UNDI:003001"));
        assertEquals(Verdict.skipTo("boot"), proxied(http));
        assertEquals(
                Verdict.drop("another server leases addresses here, and it does not boot"),
                proxied(FakeExchange.of(FakeExchange.request(DhcpMessageType.DISCOVER))));
    }

    @Test
    void anOfferWaitsWhereThatIsWanted() throws Exception {
        modes.apply(Settings.of(new Configured("proxy", "15m", "0", "1"), Map.of()));
        FakeExchange exchange = FakeExchange.of(FakeExchange.firmware(DhcpMessageType.DISCOVER));
        proxied(exchange);
        assertEquals(1, exchange.waitsFor().size());
        exchange.waitsFor().get(0).toCompletableFuture().join();
        FakeExchange again = FakeExchange.of(FakeExchange.firmware(DhcpMessageType.REQUEST), "pxe");
        proxied(again);
        assertEquals(List.of(), again.waitsFor(), "there is one server on port 4011");
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST", "DECLINE", "RELEASE", "INFORM"})
    void aProxyAnswersNothingElseOnPort67AndRefusesNothing(DhcpMessageType type) throws Exception {
        mode("proxy");
        assertEquals(LEASED_ELSEWHERE, proxied(FakeExchange.of(FakeExchange.firmware(type))));
        assertEquals(
                LEASED_ELSEWHERE,
                proxied(FakeExchange.of(FakeExchange.firmware(type).remove(DhcpOptions.DHCP_MESSAGE_TYPE))),
                "BOOTP");
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST", "INFORM"})
    void onPort4011FirmwareIsAnsweredInEveryMode(DhcpMessageType type) throws Exception {
        for (String mode : List.of("server", "proxy", "auto")) {
            mode(mode);
            FakeExchange exchange = FakeExchange.of(FakeExchange.firmware(type), "pxe");
            assertEquals(Verdict.next(), foreign.handle(exchange));
            assertEquals(Verdict.skipTo("boot"), proxied(exchange));
            assertEquals(Optional.of(DhcpMessageType.ACK), exchange.replySoFar().type());
            assertEquals(
                    Verdict.drop("not a PXE request"), proxied(FakeExchange.of(FakeExchange.request(type), "pxe")));
        }
        assertEquals(
                Verdict.drop("not a PXE request"),
                proxied(FakeExchange.of(FakeExchange.firmware(DhcpMessageType.DISCOVER), "pxe")));
    }

    @Test
    void aBootServerIsDiscoveredByBroadcastInEveryMode() throws Exception {
        for (String mode : List.of("server", "proxy", "auto")) {
            mode(mode);
            DhcpMessage.Builder request = FakeExchange.firmware(DhcpMessageType.REQUEST)
                    .clientAddress(FakeExchange.OTHER)
                    .bytes(43, BOOT_ITEM);
            FakeExchange exchange = FakeExchange.of(request);
            assertEquals(Verdict.skipTo("boot"), proxied(exchange));
            assertEquals(Optional.of(DhcpMessageType.ACK), exchange.replySoFar().type());
        }
    }

    @Test
    void autoGivesWayToTheServerThatAClientChose() throws Exception {
        mode("auto");
        FakeExchange discover = FakeExchange.of(FakeExchange.firmware(DhcpMessageType.DISCOVER));
        assertEquals(Verdict.next(), proxied(discover), "no other server is known");
        assertEquals(Verdict.skipTo("boot"), foreign.handle(FakeExchange.of(toOther())));
        assertEquals(Verdict.skipTo("boot"), proxied(discover));
        assertEquals(Mode.SERVER, modes.of(Segment.of("eth1")), "the other segment has none");
        SegmentModes.Row row = modes.rows().get(0);
        assertEquals("eth0", row.segment());
        assertEquals("192.0.2.2", row.address());
        assertEquals("seen in requests of clients only", row.offers());
    }

    @Test
    void untilItHasLookedAutoOffersNothing() throws Exception {
        modes.apply(Settings.of(new Configured("auto", "15m", "5m", "0"), Map.of()));
        assertEquals(
                Verdict.drop("still looking for other servers"),
                proxied(FakeExchange.of(FakeExchange.firmware(DhcpMessageType.DISCOVER))));
        assertEquals(
                Verdict.next(),
                proxied(FakeExchange.of(FakeExchange.firmware(DhcpMessageType.REQUEST))),
                "who has an address of ours may renew it");
    }

    @Test
    void aRequestToAnotherServerTeachesInEveryMode() throws Exception {
        for (String mode : List.of("server", "proxy", "auto")) {
            mode(mode);
            assertEquals(Verdict.skipTo("boot"), foreign.handle(FakeExchange.of(toOther())));
        }
        assertEquals(1, modes.rows().size());
    }

    @Test
    void aRequestToThisServerIsNoNews() throws Exception {
        DhcpMessage.Builder ours = toOther().option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeExchange.SERVER);
        assertEquals(Verdict.next(), foreign.handle(FakeExchange.of(ours)));
        // RFC 5107: the relay agent's address in the place of ours
        DhcpMessage.Builder overridden = toOther().bytes(82, new byte[] {1, 1, 9, 11, 4, (byte) 192, 0, 2, 2});
        assertEquals(Verdict.next(), foreign.handle(FakeExchange.of(overridden)));
        assertEquals(List.of(), modes.rows());
        DhcpMessage.Builder cut = toOther().bytes(82, new byte[] {1, 1, 9, 11, 4, (byte) 192, 0});
        assertEquals(Verdict.skipTo("boot"), foreign.handle(FakeExchange.of(cut)));
    }

    @Test
    void aServerOnThisHostHasTheSameAddress() throws Exception {
        mode("proxy");
        DhcpMessage.Builder ours = toOther().option(DhcpOptions.DHCP_SERVER_IDENTIFIER, FakeExchange.SERVER);
        assertEquals(Verdict.skipTo("boot"), foreign.handle(FakeExchange.of(ours)));
    }
}
