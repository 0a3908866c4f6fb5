package io.slipway.dhcp.handlers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.handlers.Chain;
import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReserveCommandTest {

    private static final String MAC = "52:54:00:00:00:01";
    private static final Inet4Address RESERVED = Chain.ip("192.0.2.7");

    private final Chain chain = Chain.fresh();
    private final Shell shell = new Shell(chain);

    private Machine machine(String name) {
        return chain.machines().named(name).orElseThrow();
    }

    @Test
    void theMachineGetsTheAddress() {
        assertEquals(
                "192.0.2.7 is reserved for machine web-1" + System.lineSeparator(),
                shell.reserve(MAC, "192.0.2.7", "--name", "web-1"));
        assertEquals(RESERVED, chain.lease(Chain.mac(1)));
        assertTrue(shell.reserve(MAC, "192.0.2.7").contains("already"));
        assertTrue(shell.reserve("web-1", "192.0.2.7").contains("already"));
    }

    @Test
    void withoutANameItIsCalledAfterItsMacAddress() {
        shell.reserve(MAC, "192.0.2.7");
        assertEquals(List.of(RESERVED), machine("52-54-00-00-00-01").addresses());
        assertEquals(
                "192.0.2.7 is no longer reserved for machine 52-54-00-00-00-01, which is forgotten"
                        + System.lineSeparator(),
                shell.reserve("192.0.2.7", "--remove"));
        assertEquals(Optional.empty(), chain.machines().named("52-54-00-00-00-01"));
    }

    @Test
    void whatIsLeasedNowIsReserved() {
        chain.lease(Chain.mac(1));
        shell.reserve(MAC);
        chain.lease(Chain.mac(2));
        shell.reserve("192.0.2.101", "--name=two");
        assertEquals(
                List.of(Chain.ip("192.0.2.100")), machine("52-54-00-00-00-01").addresses());
        assertEquals(List.of(Chain.ip("192.0.2.101")), machine("two").addresses());
        assertTrue(Shell.refusal(shell.reserveCommand("52:54:00:00:00:09"))
                .startsWith("52:54:00:00:00:09 has no lease now; say which address"));
        assertTrue(
                Shell.refusal(shell.reserveCommand("192.0.2.110")).startsWith("192.0.2.110 is leased to nobody now"));
    }

    @Test
    void inOneSubnetAMachineHasOneReservation() {
        chain.serve(Map.of("192.0.2.0/24", "192.0.2.100-192.0.2.119", "10.0.0.0/24", "10.0.0.10-10.0.0.20"));
        chain.machines()
                .put(Machine.builder("web-1")
                        .mac(Chain.mac(1))
                        .label("rack", "r1")
                        .build());
        shell.reserve("web-1", "192.0.2.7");
        shell.reserve("web-1", "10.0.0.7");
        assertEquals(
                "192.0.2.8 is reserved for machine web-1, in place of 192.0.2.7" + System.lineSeparator(),
                shell.reserve(MAC, "192.0.2.8"));
        assertEquals(
                List.of(Chain.ip("10.0.0.7"), Chain.ip("192.0.2.8")),
                machine("web-1").addresses());
        assertEquals(Map.of("rack", "r1"), machine("web-1").labels());
        shell.reserve("web-1", "10.0.0.7", "--remove");
        assertEquals(List.of(Chain.ip("192.0.2.8")), machine("web-1").addresses());
        assertTrue(shell.reserve("web-1", "--remove").contains("stays known: machine:remove web-1"));
        assertEquals(List.of(), machine("web-1").addresses());
        assertEquals("nothing is reserved for machine web-1", Shell.refusal(shell.reserveCommand("web-1", "--remove")));
    }

    @Test
    void addressesThatNoMachineCanHaveAreRefused() {
        shell.reserve("52:54:00:00:00:02", "192.0.2.9", "--name", "other");
        Map<String, String> refusals = Map.of(
                "192.0.2.9",
                        "192.0.2.9 is reserved for machine other; take that away first: dhcp:reserve 192.0.2.9 --remove",
                "192.0.2.0",
                        "192.0.2.0 is the network address of subnet 192.0.2.0/24 (192.0.2.0/24): no machine can have it",
                "192.0.2.255",
                        "192.0.2.255 is the broadcast address of subnet 192.0.2.0/24 (192.0.2.0/24): no machine can have it",
                "10.9.9.9",
                        "10.9.9.9 lies in no subnet, so no machine could get it; dhcp:pools shows those that there are");
        refusals.forEach(
                (address, refusal) -> assertEquals(refusal, Shell.refusal(shell.reserveCommand(MAC, address))));
        chain.serve(Map.of("127.0.0.0/8", "127.0.0.100-127.0.0.119"));
        assertEquals(
                "127.0.0.1 is this server's own: no machine can have it",
                Shell.refusal(shell.reserveCommand(MAC, "127.0.0.1")));
        assertEquals(Optional.empty(), chain.machines().named("52-54-00-00-00-01"));
    }

    @Test
    void namesAreNotMixedUp() {
        shell.reserve(MAC, "192.0.2.7", "--name", "web-1");
        assertEquals(
                MAC + " is machine 'web-1' already, not 'web-2'",
                Shell.refusal(shell.reserveCommand(MAC, "192.0.2.8", "--name", "web-2")));
        assertTrue(Shell.refusal(shell.reserveCommand("52:54:00:00:00:02", "192.0.2.8", "--name", "web-1"))
                .startsWith("there is a machine 'web-1' already, and it has not the MAC address 52:54:00:00:00:02"));
        assertEquals(
                "192.0.2.8 is not reserved for machine web-1",
                Shell.refusal(shell.reserveCommand("web-1", "192.0.2.8", "--remove")));
        assertEquals(
                "192.0.2.8 is reserved for no machine", Shell.refusal(shell.reserveCommand("192.0.2.8", "--remove")));
        assertEquals("--name needs a value", Shell.refusal(shell.reserveCommand(MAC, "192.0.2.8", "--name")));
        assertEquals(
                "'192.0.2.9'; expected one address",
                Shell.refusal(shell.reserveCommand(MAC, "192.0.2.8", "192.0.2.9")));
    }

    @Test
    void warnsWhenAnotherHasItNow() {
        chain.lease(Chain.mac(2));
        String printed = shell.reserve(MAC, "192.0.2.100", "--name", "web-1");
        assertTrue(
                printed.contains(
                        "but it is bound to 52:54:00:00:00:02 for 1h 0m more: until then machine web-1 gets another"
                                + " one. dhcp:release 192.0.2.100 ends it now"),
                printed);
        assertEquals(Chain.ip("192.0.2.101"), chain.lease(Chain.mac(1)));
        shell.run(shell.releaseCommand("192.0.2.100"));
        assertEquals(
                Optional.of(Chain.ip("192.0.2.100")),
                chain.send(Chain.discover(Chain.mac(1))).map(DhcpMessage::yourAddress));
        chain.lease(Chain.mac(3));
        assertFalse(shell.reserve("52:54:00:00:00:03").contains("but it is"), "it is its own");
    }
}
