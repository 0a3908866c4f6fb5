package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.rebooting;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A 12 GB image outlives a short lease. */
class TransferHoldTest {

    private static final Inet4Address BUSY = ip("192.0.2.100");

    private final Chain chain = Chain.fresh();

    @Test
    void anEndedLeaseIsNotReassignedDuringATransfer() {
        for (int i = 0; i < 20; i++) {
            chain.lease(mac(i));
        }
        chain.transfers.begin(BUSY);
        chain.pass(Duration.ofHours(2));
        assertEquals(ip("192.0.2.101"), chain.lease(mac(50)), "the longest free one is passed over");
        assertNotEquals(
                BUSY, chain.send(discover(mac(51), "192.0.2.100")).orElseThrow().yourAddress());
        assertEquals(
                Optional.of(DhcpMessageType.NAK),
                chain.send(rebooting(mac(52), BUSY)).flatMap(DhcpMessage::type));
        assertEquals(
                Optional.of(DhcpMessageType.ACK),
                chain.send(renewing(mac(0), BUSY)).flatMap(DhcpMessage::type),
                "its holder comes back");
    }

    @Test
    void whenTheTransferHasEndedItIsGivenAway() {
        for (int i = 0; i < 20; i++) {
            chain.lease(mac(i));
        }
        chain.transfers.begin(BUSY);
        chain.pass(Duration.ofHours(2));
        for (int i = 50; i < 69; i++) {
            assertNotEquals(BUSY, chain.lease(mac(i)));
        }
        assertEquals("no free address", chain.dropped(discover(mac(70))));
        chain.transfers.end(BUSY);
        chain.pass(Duration.ofSeconds(30));
        assertEquals(BUSY, chain.lease(mac(70)));
    }

    @Test
    void transfersAreLookedThroughOnlyForAddressesThatAreUsedAgainAndOnceASecond() {
        for (int i = 0; i < 10; i++) {
            chain.lease(mac(i));
            chain.send(renewing(mac(i), chain.leases.of(mac(i)).get(0).address()));
        }
        assertEquals(0, chain.transfers.looks);
        for (int i = 10; i < 20; i++) {
            chain.lease(mac(i));
        }
        chain.pass(Duration.ofHours(2));
        for (int i = 50; i < 60; i++) {
            chain.lease(mac(i));
        }
        assertEquals(1, chain.transfers.looks);
        assertTrue(chain.leases.of(mac(50)).size() == 1);
    }
}
