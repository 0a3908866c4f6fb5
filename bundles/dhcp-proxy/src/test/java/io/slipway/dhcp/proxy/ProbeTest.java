package io.slipway.dhcp.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeTest {

    private static final byte[] MAC = {2, 0, 0, 0, 0, 1};
    private static final InetSocketAddress SENDER = new InetSocketAddress(Addresses.parse("192.0.2.2"), 67);

    private final List<String> heard = new ArrayList<>();
    private final Probe probe = new Probe(
            Segment.of("eth0"),
            MAC,
            99,
            (segment, server, offer) -> heard.add(segment + " " + server.getHostAddress() + " " + offer));

    private static DhcpMessage.Builder offer() {
        return DhcpMessage.builder()
                .op(DhcpMessage.BOOTREPLY)
                .hardware(DhcpMessage.ETHERNET, MAC)
                .xid(99)
                .type(DhcpMessageType.OFFER)
                .yourAddress(Addresses.parse("192.0.2.50"));
    }

    @Test
    void anOfferIsHeardUnderTheNameOfItsServer() {
        probe.received(offer().build(), SENDER);
        probe.received(
                offer().option(DhcpOptions.DHCP_SERVER_IDENTIFIER, Addresses.parse("192.0.2.3"))
                        .build(),
                SENDER);
        assertEquals(List.of("eth0 192.0.2.2 192.0.2.50", "eth0 192.0.2.3 192.0.2.50"), heard);
    }

    @Test
    void whatIsNoAnswerToItIsPassedOver() {
        probe.received(offer().xid(98).build(), SENDER);
        probe.received(offer().type(DhcpMessageType.NAK).build(), SENDER);
        probe.received(offer().op(DhcpMessage.BOOTREQUEST).build(), SENDER);
        probe.received(
                offer().hardware(DhcpMessage.ETHERNET, new byte[] {2, 0, 0, 0, 0, 2})
                        .build(),
                SENDER);
        assertEquals(List.of(), heard);
    }

    @Test
    void itIsADiscoverOfFirmwareThatTakesBroadcast() {
        DhcpMessage discover = probe.discover(4);
        assertEquals(DhcpMessageType.DISCOVER, discover.type().orElseThrow());
        assertEquals(true, discover.isBroadcast(), "the interface has another address");
        assertEquals(99, discover.xid());
    }
}
