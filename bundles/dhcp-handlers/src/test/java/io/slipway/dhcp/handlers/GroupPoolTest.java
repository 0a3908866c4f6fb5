package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.rebooting;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static io.slipway.dhcp.handlers.Chain.selecting;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.Machine;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pools that are kept for the members of a group. */
class GroupPoolTest {

    private static final Inet4Address FIRST_OF_PHONES = ip("192.0.2.200");

    private final Chain chain = Chain.fresh();

    @BeforeEach
    void serve() {
        serve("phone *");
    }

    /** A pool of two for everybody, and one of two for phones. */
    private void serve(String vendorClass) {
        chain.serve(new Networks(
                List.of(Chain.subnet(Map.of(
                        "subnet", "192.0.2.0/24",
                        "range", "192.0.2.100-192.0.2.101",
                        "range.phones", "192.0.2.200-192.0.2.201"))),
                List.of(GroupFile.parse(
                        new ConfigFile(GroupFile.PID, "phones", Map.of("match.vendorClass", vendorClass)))),
                Level.EMPTY));
    }

    private static DhcpMessage.Builder phone(DhcpMessage.Builder request) {
        return request.option(DhcpOptions.VENDOR_CLASS_IDENTIFIER, "phone 7");
    }

    private Inet4Address leasePhone(int number) {
        Inet4Address offered =
                chain.send(phone(discover(mac(number)))).orElseThrow().yourAddress();
        return chain.send(phone(selecting(mac(number), offered))).orElseThrow().yourAddress();
    }

    private Optional<DhcpMessageType> type(DhcpMessage.Builder request) {
        return chain.send(request).flatMap(DhcpMessage::type);
    }

    @Test
    void membersGetTheirsFirstAndThenThatOfEverybody() {
        assertEquals(FIRST_OF_PHONES, leasePhone(1));
        assertEquals(ip("192.0.2.201"), leasePhone(2));
        assertEquals(ip("192.0.2.100"), leasePhone(3));
    }

    @Test
    void nobodyElseGetsOne() {
        assertEquals(ip("192.0.2.100"), chain.lease(mac(1)));
        assertEquals(ip("192.0.2.101"), chain.lease(mac(2)));
        assertEquals("no free address", chain.dropped(discover(mac(3))));
        assertEquals("no free address", chain.dropped(discover(mac(3), "192.0.2.200")));
        assertEquals(Optional.of(DhcpMessageType.NAK), type(rebooting(mac(3), FIRST_OF_PHONES)));
        assertEquals(FIRST_OF_PHONES, leasePhone(4));
    }

    @Test
    void aMemberKeepsItsAddressAndAFormerMemberDoesNot() {
        leasePhone(1);
        assertEquals(Optional.of(DhcpMessageType.ACK), type(phone(renewing(mac(1), FIRST_OF_PHONES))));
        serve("telephone *");
        assertEquals(Optional.of(DhcpMessageType.NAK), type(phone(renewing(mac(1), FIRST_OF_PHONES))));
        assertEquals(ip("192.0.2.100"), leasePhone(1));
    }

    @Test
    void leasesOfAGroupsPoolSurviveARestart() {
        leasePhone(1);
        Chain after = new Chain(chain.store, Chain.DEFAULTS, 1_000_000, Chain.LAN);
        assertEquals(mac(1), after.leases.at(FIRST_OF_PHONES).orElseThrow().mac());
    }

    @Test
    void aReservationThereIsForItsMachineMemberOrNot() {
        chain.machines.put(
                Machine.builder("web-1").mac(mac(1)).address(FIRST_OF_PHONES).build());
        assertEquals(ip("192.0.2.201"), leasePhone(2), "the reserved one is passed over");
        assertEquals(FIRST_OF_PHONES, chain.lease(mac(1)));
    }
}
