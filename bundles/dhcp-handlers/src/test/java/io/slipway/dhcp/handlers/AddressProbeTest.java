package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.selecting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class AddressProbeTest {

    private static final Inet4Address FIRST = ip("192.0.2.100");

    private final Chain chain = Chain.with(
            settings -> new AddressHandler.Settings(
                    true, settings.declineHold(), true, true, settings.bootpLease(), false, true, settings.limits()),
            Chain.LAN);

    private FakeExchange offered(int client) {
        FakeExchange exchange = new FakeExchange(discover(mac(client)).build());
        chain.run(exchange);
        return exchange;
    }

    private void answer(Inet4Address address, boolean isUsed, Optional<MacAddress> by) {
        chain.probe.asked.get(address).complete(new AddressProbe.Answer(isUsed, by));
    }

    @Test
    void anOfferWaitsForSilenceAndNobodyElseWaits() {
        FakeExchange first = offered(1);
        FakeExchange second = offered(2);
        assertFalse(first.mayBeSent());
        answer(ip("192.0.2.101"), false, Optional.empty());
        assertTrue(second.mayBeSent());
        assertFalse(first.mayBeSent());
        answer(FIRST, false, Optional.empty());
        assertTrue(first.mayBeSent());
        assertEquals(FIRST, first.replySoFar().yourAddress());
    }

    @Test
    void theAddressOfAnotherMachineRestsAndTheNextIsOffered() {
        FakeExchange first = offered(1);
        answer(FIRST, true, Optional.of(mac(99)));
        assertFalse(first.mayBeSent());
        CompletionException failure = assertThrows(
                CompletionException.class, () -> first.awaited.get(0).join());
        assertInstanceOf(CancellationException.class, failure.getCause());
        assertEquals(Lease.State.DECLINED, chain.leases.at(FIRST).orElseThrow().state());
        FakeExchange again = offered(1);
        assertEquals(ip("192.0.2.101"), again.replySoFar().yourAddress());
        chain.pass(Duration.ofMinutes(11));
        chain.probe.asked.clear();
        FakeExchange rested = new FakeExchange(discover(mac(3), "192.0.2.100").build());
        chain.run(rested);
        assertEquals(FIRST, rested.replySoFar().yourAddress());
        assertEquals(Set.of(FIRST), chain.probe.asked.keySet());
    }

    @Test
    void theClientsOwnAnswerBurnsNothingNorDoesOneOfNobodyKnowsWho() {
        FakeExchange own = offered(1);
        answer(FIRST, true, Optional.of(mac(1)));
        assertTrue(own.mayBeSent());
        FakeExchange remote = offered(2);
        answer(ip("192.0.2.101"), true, Optional.empty());
        assertTrue(remote.mayBeSent());
    }

    @Test
    void whatTheClientHadBeforeIsNotAskedFor() {
        offered(1);
        answer(FIRST, false, Optional.empty());
        assertEquals(
                Optional.of(DhcpMessageType.ACK),
                chain.send(selecting(mac(1), FIRST)).flatMap(DhcpMessage::type));
        chain.probe.asked.clear();
        assertTrue(offered(1).mayBeSent());
        assertEquals(Set.of(), chain.probe.asked.keySet());
    }

    @Test
    void theKernelsTableTellsWhoAnswered() {
        List<String> table = List.of(
                "IP address       HW type     Flags       HW address            Mask     Device",
                "192.0.2.100      0x1         0x2         52:54:00:00:00:07     *        eth0",
                "192.0.2.101      0x1         0x0         00:00:00:00:00:00     *        eth0",
                "192.0.2.102      0x20        0x2         80:00:02:08:fe:80     *        ib0",
                "192.0.2.103");
        assertEquals(Optional.of(mac(7)), EchoProbe.neighbour(table, FIRST));
        assertEquals(Optional.empty(), EchoProbe.neighbour(table, ip("192.0.2.101")), "incomplete");
        assertEquals(Optional.empty(), EchoProbe.neighbour(table, ip("192.0.2.103")));
        assertEquals(Optional.empty(), EchoProbe.neighbour(table, ip("192.0.2.10")));
    }
}
