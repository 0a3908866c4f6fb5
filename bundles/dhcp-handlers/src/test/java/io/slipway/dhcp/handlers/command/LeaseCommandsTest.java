package io.slipway.dhcp.handlers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.handlers.Chain;
import io.slipway.dhcp.handlers.Lease;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code dhcp:lease}, {@code dhcp:release} and the completion of what they take. */
class LeaseCommandsTest {

    private static final Inet4Address FIRST = Chain.ip("192.0.2.100");

    private final Chain chain = Chain.fresh();
    private final Shell shell = new Shell(chain);

    private static void assertHas(String printed, String... lines) {
        for (String line : lines) {
            assertTrue(printed.lines().anyMatch(line::equals), line + " in\n" + printed);
        }
    }

    @Test
    void tellsAllOfALease() {
        chain.machines()
                .put(Machine.builder("web-1").mac(Chain.mac(1)).address(FIRST).build());
        chain.lease(Chain.mac(1));
        chain.beginTransfer(FIRST);
        for (String who : List.of("192.0.2.100", "52:54:00:00:00:01", "52-54-00-00-00-01", "web-1")) {
            String printed = shell.run(shell.leaseCommand(who));
            assertHas(
                    printed,
                    "Address      192.0.2.100",
                    "State        bound",
                    "MAC          52:54:00:00:00:01",
                    "Machine      web-1",
                    "Subnet       192.0.2.0/24 (192.0.2.0/24)",
                    "Pool         192.0.2.100-192.0.2.119",
                    "Reserved     for machine web-1");
            assertTrue(printed.contains("in 1h 0m"), printed);
            assertTrue(printed.contains("Transfer     /images/big by HTTP"), printed);
            assertFalse(printed.contains("Relay"), printed);
        }
    }

    @Test
    void tellsWhoRelayedIt() {
        DhcpMessage offer = chain.send(Chain.discover(Chain.mac(1)).relayAddress(Chain.ip("192.0.2.3")))
                .orElseThrow();
        chain.send(Chain.selecting(Chain.mac(1), offer.yourAddress())
                .relayAddress(Chain.ip("192.0.2.3"))
                .bytes(82, new byte[] {1, 2, 0, 4}));
        assertHas(shell.run(shell.leaseCommand("192.0.2.100")), "Relay        192.0.2.3, port 00:04");
        chain.send(Chain.renewing(Chain.mac(1), FIRST));
        assertHas(shell.run(shell.leaseCommand("192.0.2.100")), "Relay        192.0.2.3, port 00:04");
        chain.pass(Duration.ofHours(2));
        chain.send(Chain.discover(Chain.mac(2), "192.0.2.100"));
        chain.send(Chain.selecting(Chain.mac(2), FIRST));
        assertFalse(shell.run(shell.leaseCommand("192.0.2.100")).contains("Relay"), "that was the former client's");
    }

    @Test
    void tellsOfAnAddressThatNobodyHas() {
        assertHas(shell.run(shell.leaseCommand("192.0.2.105")), "State        never used");
        assertHas(
                shell.run(shell.leaseCommand("192.0.2.255")),
                "State        never leased: the broadcast address of subnet 192.0.2.0/24 (192.0.2.0/24)");
        assertEquals(
                "10.1.1.1 lies in no subnet; dhcp:pools shows those that there are",
                Shell.refusal(shell.leaseCommand("10.1.1.1")));
        assertEquals(
                "52:54:00:00:00:09 has no lease and had none; dhcp:leases --expired shows those that there are and were",
                Shell.refusal(shell.leaseCommand("52:54:00:00:00:09")));
        assertTrue(Shell.refusal(shell.leaseCommand("192.0.2.300")).contains("is not an IPv4 address"));
        assertTrue(Shell.refusal(shell.leaseCommand("52:54:00")).startsWith("MAC address '52:54:00'"));
        assertTrue(Shell.refusal(shell.leaseCommand("nosuch")).startsWith("'nosuch' is no address"));
    }

    @Test
    void aReleasedAddressIsFreeAndStaysSo() {
        chain.lease(Chain.mac(1));
        assertEquals(
                "192.0.2.100 is free now: bound to 52:54:00:00:00:01 it was for 1h 0m more" + System.lineSeparator(),
                shell.run(shell.releaseCommand("52:54:00:00:00:01")));
        Chain after = chain.restarted();
        assertEquals(Lease.State.RELEASED, after.leases.at(FIRST).orElseThrow().state());
        assertEquals(
                Optional.of(FIRST),
                after.send(Chain.discover(Chain.mac(2), "192.0.2.100")).map(DhcpMessage::yourAddress));
        assertEquals(
                "192.0.2.100 has no lease now; dhcp:leases shows those that there are",
                Shell.refusal(shell.releaseCommand("192.0.2.100")));
    }

    @Test
    void aDeclinedAddressNeedNotRest() {
        chain.lease(Chain.mac(1));
        chain.send(Chain.decline(Chain.mac(1), FIRST));
        assertTrue(shell.run(shell.releaseCommand("192.0.2.100"))
                .startsWith("192.0.2.100 is free now: declined by 52:54:00:00:00:01 it was"));
        assertEquals(
                Optional.of(FIRST),
                chain.send(Chain.discover(Chain.mac(2), "192.0.2.100")).map(DhcpMessage::yourAddress));
    }

    @Test
    void anOfferEndsByItself() {
        chain.send(Chain.discover(Chain.mac(1)));
        assertEquals(
                "192.0.2.100 is only offered to 52:54:00:00:00:01, which ends by itself in 1m 0s",
                Shell.refusal(shell.releaseCommand("192.0.2.100")));
    }

    @Test
    void aTransferIsNotDisturbedUnlessForced() {
        chain.lease(Chain.mac(1));
        chain.beginTransfer(FIRST);
        assertTrue(Shell.refusal(shell.releaseCommand("192.0.2.100"))
                .startsWith("192.0.2.100 has a transfer running: /images/big by HTTP"));
        assertEquals(Lease.State.BOUND, chain.leases.at(FIRST).orElseThrow().state());
        String printed = shell.run(shell.releaseCommand("192.0.2.100", "--force"));
        assertTrue(printed.contains("nobody else gets the address until that has ended"), printed);
        assertFalse(chain.send(Chain.discover(Chain.mac(2), "192.0.2.100"))
                .filter(offer -> offer.yourAddress().equals(FIRST))
                .isPresent());
        chain.endTransfer(FIRST);
        chain.pass(Duration.ofMinutes(1));
        assertEquals(
                Optional.of(DhcpMessageType.ACK),
                chain.send(Chain.renewing(Chain.mac(1), FIRST)).flatMap(DhcpMessage::type),
                "it renews before another has it");
    }

    @Test
    void whatIsNotDurableFails() {
        chain.lease(Chain.mac(1));
        chain.breakDisk();
        assertTrue(Shell.refusal(shell.releaseCommand("192.0.2.100")).startsWith("not stored: disk full;"));
    }

    @Test
    void flagsThatDoNotExistAreRefused() {
        chain.lease(Chain.mac(1));
        assertEquals("'--now'; expected one of --force", Shell.refusal(shell.releaseCommand("192.0.2.100", "--now")));
        assertTrue(Shell.refusal(shell.releaseCommand("192.0.2.100", "now")).startsWith("'now'; expected nothing but"));
        assertEquals(Lease.State.BOUND, chain.leases.at(FIRST).orElseThrow().state());
    }

    @Test
    void completionIsBounded() {
        Chain wide = Chain.ofSubnet("10.0.0.0/8", "10.0.0.2-10.0.200.0");
        for (int i = 0; i < 300; i++) {
            wide.send(Chain.discover(Chain.mac(i)).relayAddress(Chain.ip("10.255.0.1")));
        }
        LeaseCompleter completer = new LeaseCompleter();
        completer.leases = wide.leases;
        assertEquals(LeaseCompleter.MOST, completer.beginningWith("").size());
        assertEquals(
                List.of("10.0.0.2", "10.0.0.20"),
                completer.beginningWith("10.0.0.2").subList(0, 2));
        assertEquals(List.of("52:54:00:00:00:07"), completer.beginningWith("52:54:00:00:00:07"));
        assertEquals(List.of(), completer.beginningWith("x"));
        wide.pass(Duration.ofHours(1));
        assertEquals(List.of(), completer.beginningWith(""), "those that have ended");
    }
}
