package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.bootp;
import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.rebooting;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static io.slipway.dhcp.handlers.Chain.selecting;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.state.MemoryStateStore;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The four states of RFC 2131 section 4.3.2. */
class RequestAnswerTest {

    private static final Inet4Address MINE = ip("192.0.2.100");

    /**
     * Client 1 has .100 and client 2 has .101; the address .105 is free; .20 lies in the subnet and outside the pool.
     * The client that asks is 1 or the unknown 3.
     */
    @ParameterizedTest
    @CsvSource({
        // state      who address       authoritative otherwise
        "selecting,   1, 192.0.2.100,   ACK,    ACK",
        "selecting,   1, 192.0.2.105,   NAK,    NAK",
        "selecting,   1, 192.0.2.101,   NAK,    NAK",
        "selecting,   3, 192.0.2.105,   ACK,    ACK",
        "selecting,   3, 192.0.2.101,   NAK,    NAK",
        "selecting,   3, 192.0.2.20,    NAK,    NAK",
        "selecting,   3, 198.51.100.5,  NAK,    NAK",
        "rebooting,   1, 192.0.2.100,   ACK,    ACK",
        "rebooting,   1, 192.0.2.105,   NAK,    NAK",
        "rebooting,   1, 192.0.2.101,   NAK,    NAK",
        "rebooting,   3, 192.0.2.105,   ACK,    silent",
        "rebooting,   3, 192.0.2.101,   NAK,    NAK",
        "rebooting,   3, 192.0.2.20,    NAK,    silent",
        "rebooting,   3, 192.0.2.0,     NAK,    silent",
        "rebooting,   3, 192.0.2.255,   NAK,    silent",
        "rebooting,   3, 192.0.2.1,     NAK,    silent",
        "rebooting,   3, 198.51.100.5,  NAK,    silent",
        "renewing,    1, 192.0.2.100,   ACK,    ACK",
        "renewing,    1, 192.0.2.101,   NAK,    NAK",
        "renewing,    3, 192.0.2.105,   ACK,    silent",
        "renewing,    3, 192.0.2.101,   NAK,    NAK",
        "renewing,    3, 192.0.2.20,    NAK,    silent",
        "renewing,    3, 198.51.100.5,  NAK,    silent",
    })
    void everyState(String state, int who, String address, String authoritative, String otherwise) {
        assertEquals(authoritative, answer(true, state, who, address));
        assertEquals(otherwise, answer(false, state, who, address));
    }

    private static String answer(boolean authoritative, String state, int who, String address) {
        Chain chain = Chain.with(
                defaults -> new AddressHandler.Settings(
                        authoritative,
                        defaults.declineHold(),
                        true,
                        true,
                        defaults.bootpLease(),
                        false,
                        false,
                        defaults.limits()),
                Chain.LAN);
        chain.lease(mac(1));
        chain.lease(mac(2));
        DhcpMessage.Builder request =
                switch (state) {
                    case "selecting" -> selecting(mac(who), ip(address));
                    case "rebooting" -> rebooting(mac(who), ip(address));
                    default -> renewing(mac(who), ip(address));
                };
        Optional<DhcpMessage> reply = chain.send(request);
        reply.filter(message -> message.type().orElseThrow() == DhcpMessageType.ACK)
                .ifPresent(message -> assertEquals(ip(address), message.yourAddress()));
        return reply.flatMap(DhcpMessage::type).map(Enum::name).orElse("silent");
    }

    @Test
    void anAckIsStoredBeforeItLeaves() {
        Chain chain = Chain.fresh();
        chain.send(discover(mac(1)));
        chain.store.disk = MemoryStateStore.Disk.IS_SLOW;
        FakeExchange exchange = new FakeExchange(selecting(mac(1), MINE).build());
        assertEquals(Verdict.next(), chain.run(exchange));
        assertFalse(exchange.mayBeSent());
        chain.store.completeAll();
        assertTrue(exchange.mayBeSent());
    }

    @ParameterizedTest
    @EnumSource(
            value = MemoryStateStore.Disk.class,
            names = {"FAILS", "REFUSES", "IS_CLOSED"})
    void whatCannotBeStoredIsNotGiven(MemoryStateStore.Disk disk) {
        Chain chain = Chain.fresh();
        chain.send(discover(mac(1)));
        chain.store.disk = disk;
        assertEquals(Optional.empty(), chain.send(selecting(mac(1), MINE)));
        assertEquals(Lease.State.OFFERED, chain.leases.all().get(0).state());
        assertEquals(Optional.empty(), chain.send(bootp(mac(2))));
        chain.store.disk = MemoryStateStore.Disk.WORKS;
        assertEquals(MINE, chain.send(selecting(mac(1), MINE)).orElseThrow().yourAddress());
    }

    @Test
    void aRenewalThatCannotBeStoredLeavesTheLeaseAsItWas() {
        Chain chain = Chain.fresh();
        chain.lease(mac(1));
        Lease before = chain.leases.all().get(0);
        chain.pass(Duration.ofMinutes(30));
        chain.store.disk = MemoryStateStore.Disk.FAILS;
        assertEquals(Optional.empty(), chain.send(renewing(mac(1), MINE)));
        assertEquals(before, chain.leases.all().get(0));
    }

    @Test
    void aWriteThatFailsLateDoesNotUndoALaterOne() {
        Chain chain = Chain.fresh();
        chain.lease(mac(1));
        chain.store.disk = MemoryStateStore.Disk.IS_SLOW;
        chain.run(new FakeExchange(renewing(mac(1), MINE).build()));
        chain.pass(Duration.ofMinutes(10));
        FakeExchange second = new FakeExchange(renewing(mac(1), MINE).build());
        chain.run(second);
        chain.store.failFirst();
        chain.store.completeAll();
        assertTrue(second.mayBeSent());
        assertEquals(
                Duration.ofHours(1), chain.leases.remaining(chain.leases.all().get(0)));
    }

    @Test
    void aRenewalIsStoredToo() {
        Chain chain = Chain.fresh();
        chain.lease(mac(1));
        chain.pass(Duration.ofMinutes(50));
        DhcpMessage ack = chain.send(renewing(mac(1), MINE)).orElseThrow();
        assertEquals(MINE, ack.yourAddress());
        assertEquals(Optional.of(Duration.ofHours(1)), ack.option(DhcpOptions.DHCP_LEASE_TIME));
        chain.pass(Duration.ofMinutes(50));
        Lease stored = chain.restarted().leases.all().get(0);
        assertEquals(Duration.ofMinutes(10), chain.leases.remaining(stored));
    }

    @Test
    void anExpiredLeaseOfWhichNobodyElseGotTheAddressIsRenewed() {
        Chain chain = Chain.fresh();
        chain.lease(mac(1));
        chain.pass(Duration.ofDays(2));
        assertEquals(MINE, chain.send(rebooting(mac(1), MINE)).orElseThrow().yourAddress());
    }

    @Test
    void aNakHoldsNothingButWhoToWhomAndWhy() {
        Chain chain = Chain.fresh();
        byte[] clientId = {1, 2, 3};
        DhcpMessage nak = chain.send(rebooting(mac(3), ip("198.51.100.5"))
                        .relayAddress(ip("192.0.2.3"))
                        .bytes(82, new byte[] {1, 1, 9})
                        .bytes(61, clientId))
                .orElseThrow();
        Set<Integer> present = new TreeSet<>();
        for (int code = 1; code < 255; code++) {
            if (nak.bytes(code).isPresent()) {
                present.add(code);
            }
        }
        assertEquals(Set.of(53, 54, 56, 61, 82), present);
        assertArrayEquals(clientId, nak.bytes(61).orElseThrow());
        assertEquals(Addresses.ANY, nak.yourAddress());
        assertEquals(Addresses.ANY, nak.nextServer());
        assertEquals("", nak.bootFile());
        assertEquals(Optional.of("address of another network"), nak.option(DhcpOptions.DHCP_MESSAGE));
    }

    @Test
    void aRequestWithoutAddressIsDropped() {
        assertEquals(
                "request without an address",
                Chain.fresh().dropped(bootp(mac(1)).type(DhcpMessageType.REQUEST)));
    }
}
