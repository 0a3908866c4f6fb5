package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.bootp;
import static io.slipway.dhcp.handlers.Chain.decline;
import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.rebooting;
import static io.slipway.dhcp.handlers.Chain.release;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static io.slipway.dhcp.handlers.Chain.selecting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservationsTest {

    private static final Inet4Address INSIDE = ip("192.0.2.100");
    private static final Inet4Address OUTSIDE = ip("192.0.2.7");

    private final Chain chain = Chain.fresh();

    private void reserve(String name, int mac, Inet4Address... addresses) {
        Machine.Builder machine = Machine.builder(name).mac(mac(mac));
        for (Inet4Address address : addresses) {
            machine.address(address);
        }
        chain.machines.put(machine.build());
    }

    private Optional<DhcpMessageType> answer(DhcpMessage.Builder request) {
        return chain.send(request).flatMap(DhcpMessage::type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.100", "192.0.2.113", "192.0.2.7"})
    void aMachineGetsItsAddressInsideAndOutsideOfThePool(String address) {
        reserve("node", 1, ip(address));
        for (int i = 2; i < 25; i++) {
            chain.send(discover(mac(i), address))
                    .ifPresent(offer -> chain.send(selecting(Chain.macOf(offer), offer.yourAddress())));
        }
        assertTrue(chain.leases.at(ip(address)).isEmpty(), "nobody else got it, though the pool is used up");
        assertEquals(ip(address), chain.lease(mac(1)));
        assertEquals(Optional.of(DhcpMessageType.ACK), answer(renewing(mac(1), ip(address))));
        assertEquals(Optional.of(DhcpMessageType.ACK), answer(rebooting(mac(1), ip(address))));
        chain.send(release(mac(1), ip(address)));
        chain.pass(Duration.ofDays(3));
        assertNotEquals(
                ip(address),
                chain.send(discover(mac(77), address)).orElseThrow().yourAddress());
        assertEquals(ip(address), chain.lease(mac(1)));
    }

    @Test
    void anotherNeverGetsItWhateverItSays() {
        reserve("node", 1, INSIDE);
        assertEquals(
                ip("192.0.2.101"),
                chain.send(discover(mac(2), "192.0.2.100")).orElseThrow().yourAddress());
        for (DhcpMessage.Builder claim : new DhcpMessage.Builder[] {
            selecting(mac(3), INSIDE), rebooting(mac(3), INSIDE), renewing(mac(3), INSIDE)
        }) {
            assertEquals(Optional.of(DhcpMessageType.NAK), answer(claim));
        }
        assertEquals(
                "BOOTP with an address of others", chain.dropped(bootp(mac(3)).clientAddress(INSIDE)));
        assertTrue(chain.leases.at(INSIDE).isEmpty());
    }

    @Test
    void itHoldsForEveryClientIdentifierOfABoot() {
        reserve("node", 1, OUTSIDE);
        assertEquals(OUTSIDE, chain.lease(mac(1)));
        for (byte[] identifier : new byte[][] {{1, 2, 3}, {(byte) 255, 9, 9, 9, 9, 0, 1}}) {
            assertEquals(
                    OUTSIDE,
                    chain.send(discover(mac(1)).bytes(61, identifier))
                            .orElseThrow()
                            .yourAddress());
            assertEquals(
                    Optional.of(DhcpMessageType.ACK),
                    answer(selecting(mac(1), OUTSIDE).bytes(61, identifier)));
        }
    }

    @Test
    void aMachineIsKnownByUuidClientIdentifierAndPort() {
        chain.machines.put(Machine.builder("by-id")
                .identity(new MachineIdentity.ClientId("0102"))
                .address(ip("192.0.2.11"))
                .build());
        chain.machines.put(Machine.builder("by-port")
                .identity(new MachineIdentity.CircuitId("beef"))
                .address(ip("192.0.2.12"))
                .build());
        byte[] option97 = new byte[17];
        // RFC 4578 section 2.3: as the firmware writes it, the first three parts in either order of bytes
        System.arraycopy(new byte[] {0, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77}, 0, option97, 0, 9);
        System.arraycopy(
                new byte[] {
                    (byte) 0x88, (byte) 0x99, (byte) 0xaa, (byte) 0xbb, (byte) 0xcc, (byte) 0xdd, (byte) 0xee, -1
                },
                0,
                option97,
                9,
                8);
        Optional<UUID> sent = io.slipway.dhcp.codec.MachineUuid.parse(option97);
        chain.machines.put(Machine.builder("by-uuid")
                .uuid(sent.orElseThrow())
                .address(ip("192.0.2.10"))
                .build());
        assertEquals(
                ip("192.0.2.10"),
                chain.send(discover(mac(1)).bytes(97, option97)).orElseThrow().yourAddress());
        assertEquals(
                ip("192.0.2.11"),
                chain.send(discover(mac(2)).bytes(61, new byte[] {1, 2}))
                        .orElseThrow()
                        .yourAddress());
        byte[] option82 = {1, 2, (byte) 0xbe, (byte) 0xef};
        assertEquals(
                ip("192.0.2.12"),
                chain.send(discover(mac(3)).relayAddress(ip("192.0.2.3")).bytes(82, option82))
                        .orElseThrow()
                        .yourAddress());
    }

    @Test
    void whatAnotherHoldsIsGivenWhenItIsFreeAgain() {
        assertEquals(INSIDE, chain.lease(mac(2)));
        reserve("node", 1, INSIDE);
        Inet4Address meanwhile = chain.lease(mac(1));
        assertEquals(ip("192.0.2.101"), meanwhile);
        assertEquals(
                Optional.of(DhcpMessageType.ACK), answer(rebooting(mac(1), meanwhile)), "it has no better one yet");
        assertEquals(
                Optional.of(DhcpMessageType.NAK), answer(renewing(mac(2), INSIDE)), "the holder is sent elsewhere");
        assertEquals(ip("192.0.2.102"), chain.lease(mac(2)));
        assertEquals(Lease.State.RELEASED, chain.leases.at(INSIDE).orElseThrow().state());
        assertEquals(Optional.of(DhcpMessageType.ACK), answer(renewing(mac(1), meanwhile)), "it runs");
        assertEquals(Optional.of(DhcpMessageType.NAK), answer(rebooting(mac(1), meanwhile)), "it starts anew");
        assertEquals(INSIDE, chain.lease(mac(1)));
        assertEquals(
                Lease.State.RELEASED, chain.leases.at(meanwhile).orElseThrow().state());
        assertEquals(chain.leases.all(), chain.restarted().leases.all());
    }

    @Test
    void theHolderOfAnAddressThatIsReservedNowKeepsItDuringATransfer() {
        chain.lease(mac(2));
        reserve("node", 1, INSIDE);
        chain.transfers.begin(INSIDE);
        assertEquals(Optional.of(DhcpMessageType.ACK), answer(renewing(mac(2), INSIDE)));
        chain.transfers.end(INSIDE);
        chain.pass(Duration.ofSeconds(1));
        assertEquals(Optional.of(DhcpMessageType.NAK), answer(renewing(mac(2), INSIDE)));
    }

    @Test
    void ofSeveralAddressesTheFirstThatFitsTheNetworkAndIsFreeIsGiven() {
        reserve("node", 1, ip("198.51.100.9"), ip("192.0.2.0"), OUTSIDE, ip("192.0.2.8"));
        assertEquals(OUTSIDE, chain.lease(mac(1)));
        chain.send(decline(mac(1), OUTSIDE));
        assertEquals(ip("192.0.2.8"), chain.lease(mac(1)));
        chain.pass(Duration.ofMinutes(11));
        assertEquals(OUTSIDE, chain.lease(mac(1)));
    }

    @Test
    void aReservationThatGoesLeavesItsAddressToAll() {
        reserve("node", 1, INSIDE);
        assertEquals(ip("192.0.2.101"), chain.lease(mac(2)));
        chain.machines.remove("node");
        for (int i = 3; i < 21; i++) {
            chain.lease(mac(i));
        }
        assertEquals("no free address", chain.dropped(discover(mac(50))));
        assertEquals(
                INSIDE,
                chain.send(discover(mac(50), "192.0.2.100")).orElseThrow().yourAddress(),
                "by name at once");
        chain.pass(Duration.ofMinutes(10));
        assertEquals(INSIDE, chain.lease(mac(51)), "unasked when it has rested");
    }

    @Test
    void bootpIsPermanentWhereItIsReserved() {
        Chain reservedOnly = Chain.with(
                defaults -> new AddressHandler.Settings(
                        true,
                        defaults.declineHold(),
                        true,
                        false,
                        defaults.bootpLease(),
                        false,
                        false,
                        defaults.limits()),
                Chain.LAN);
        reservedOnly.machines.put(
                Machine.builder("node").mac(mac(1)).address(OUTSIDE).build());
        assertEquals("BOOTP without a reservation", reservedOnly.dropped(bootp(mac(2))));
        assertEquals(OUTSIDE, reservedOnly.send(bootp(mac(1))).orElseThrow().yourAddress());
        reservedOnly.pass(Duration.ofDays(400));
        assertEquals(OUTSIDE, reservedOnly.send(bootp(mac(1))).orElseThrow().yourAddress());
    }

    @Test
    void withoutMachinesAllGoesOn() {
        chain.leases.machines = null;
        chain.requesters.machines = null;
        assertEquals(INSIDE, chain.lease(mac(1)));
    }
}
