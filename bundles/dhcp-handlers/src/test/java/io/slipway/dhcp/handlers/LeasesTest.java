package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.rebooting;
import static io.slipway.dhcp.handlers.Chain.release;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static io.slipway.dhcp.handlers.Chain.selecting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.MemoryStateStore;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeasesTest {

    private final Chain chain = Chain.fresh();

    @Test
    void aLeaseIsRecordedWithWhoHasIt() {
        chain.send(discover(mac(1)));
        chain.send(selecting(mac(1), ip("192.0.2.100"))
                .option(DhcpOptions.HOST_NAME, "node-1\u001b[31m")
                .option(DhcpOptions.DHCP_CLIENT_IDENTIFIER, new byte[] {1, (byte) 0xab}));
        Lease lease =
                new Lease(ip("192.0.2.100"), mac(1), "01ab", "node-1?[31m", 1_000_000, 1_003_600, Lease.State.BOUND);
        assertEquals(List.of(lease), chain.leases.all());
        assertEquals(List.of(lease), chain.restarted().leases.all());
        chain.send(renewing(mac(1), ip("192.0.2.100")));
        assertEquals("node-1?[31m", chain.leases.all().get(0).hostName(), "though the renewal did not name it");
    }

    @Test
    void ofEndlessNamesTheBeginningIsKept() {
        chain.send(discover(mac(1)));
        chain.send(selecting(mac(1), ip("192.0.2.100"))
                .option(DhcpOptions.HOST_NAME, "n".repeat(1000))
                .option(DhcpOptions.DHCP_CLIENT_IDENTIFIER, new byte[1000]));
        assertEquals("n".repeat(255), chain.leases.all().get(0).hostName());
        assertEquals(chain.leases.all(), chain.restarted().leases.all());
    }

    @Test
    void leasesSurviveARestart() {
        List<Inet4Address> before =
                IntStream.range(0, 20).mapToObj(i -> chain.lease(mac(i))).toList();
        Chain after = chain.restarted();
        assertEquals("no free address", after.dropped(discover(mac(99))));
        for (int i = 0; i < 20; i++) {
            assertEquals(
                    before.get(i),
                    after.send(rebooting(mac(i), before.get(i))).orElseThrow().yourAddress());
            assertEquals(
                    before.get(i), after.send(discover(mac(i))).orElseThrow().yourAddress());
        }
    }

    @Test
    void anOfferSurvivesARestartWhenItsAddressIsFree() {
        Inet4Address offered = chain.send(discover(mac(1))).orElseThrow().yourAddress();
        assertEquals(
                Optional.of(DhcpMessageType.ACK),
                chain.restarted().send(selecting(mac(1), offered)).orElseThrow().type());
    }

    @Test
    void afterARestartTheLatestLeaseOfAClientCounts() {
        chain.lease(mac(1));
        chain.pass(Duration.ofHours(2));
        Inet4Address next =
                chain.send(rebooting(mac(1), ip("192.0.2.110"))).orElseThrow().yourAddress();
        assertEquals(ip("192.0.2.110"), next, "its old lease had ended");
        assertEquals(
                next, chain.restarted().send(discover(mac(1))).orElseThrow().yourAddress());
    }

    @Test
    void aWallClockThatStepsAtARestartLosesNoLease() {
        chain.lease(mac(1));
        Chain later = new Chain(chain.store, Chain.DEFAULTS, 1_000_000 + 50L * 365 * 86400, Chain.LAN);
        assertEquals(
                ip("192.0.2.101"), later.send(discover(mac(2))).orElseThrow().yourAddress());
        assertEquals(
                ip("192.0.2.100"),
                later.send(rebooting(mac(1), ip("192.0.2.100"))).orElseThrow().yourAddress());
    }

    @Test
    void whenThePoolIsFullTheLongestExpiredLeaseIsReclaimed() {
        for (int i = 0; i < 20; i++) {
            chain.lease(mac(i));
            chain.pass(Duration.ofSeconds(10));
        }
        assertEquals("no free address", chain.dropped(discover(mac(50))));
        chain.send(renewing(mac(0), ip("192.0.2.100")));
        chain.pass(Duration.ofHours(1).minusSeconds(185));
        assertEquals(ip("192.0.2.101"), chain.lease(mac(50)));
        assertEquals("no free address", chain.dropped(discover(mac(51))));
        chain.pass(Duration.ofSeconds(10));
        assertEquals(ip("192.0.2.102"), chain.lease(mac(51)));
    }

    @Test
    void anOfferThatNobodyTakesIsFreeAgain() {
        for (int i = 0; i < 20; i++) {
            chain.send(discover(mac(i)));
        }
        assertEquals("no free address", chain.dropped(discover(mac(50))));
        chain.pass(Leases.OFFER_TIME);
        assertEquals(
                ip("192.0.2.100"), chain.send(discover(mac(50))).orElseThrow().yourAddress());
    }

    @Test
    void aRangeThatMovesTakesItsClientsAlong() {
        Inet4Address old = chain.lease(mac(1));
        chain.serve(Chain.subnet("192.0.2.0/24", "192.0.2.110-192.0.2.112"));
        assertEquals(
                Optional.of(DhcpMessageType.NAK),
                chain.send(renewing(mac(1), old)).orElseThrow().type());
        assertEquals(ip("192.0.2.110"), chain.lease(mac(1)));
        chain.lease(mac(2));
        chain.serve(Chain.LAN);
        assertEquals(
                ip("192.0.2.110"), chain.send(discover(mac(1))).orElseThrow().yourAddress());
        assertEquals(ip("192.0.2.101"), chain.lease(mac(3)));
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOver() {
        chain.lease(mac(1));
        chain.lease(mac(2));
        chain.store.records.put(Key.of("dhcp", "lease", "192.0.2.100"), new byte[] {9});
        chain.store.records.put(
                Key.of("dhcp", "lease", "not-an-address"),
                chain.store.records.get(Key.of("dhcp", "lease", "192.0.2.101")));
        assertEquals(
                List.of(ip("192.0.2.101")),
                chain.restarted().leases.all().stream().map(Lease::address).toList());
    }

    @Test
    void everyTruncationOfARecordIsRefused() {
        Lease lease = new Lease(ip("192.0.2.7"), mac(7), "0102", "seven", 5, 10, Lease.State.DECLINED);
        byte[] whole = LeaseRecord.encode(lease, 3);
        assertEquals(lease, LeaseRecord.decode(new Entry(LeaseRecord.key(lease), whole, 1)));
        for (int length = 0; length < whole.length; length++) {
            Entry cut = new Entry(LeaseRecord.key(lease), Arrays.copyOf(whole, length), 1);
            assertThrows(IllegalArgumentException.class, () -> LeaseRecord.decode(cut));
        }
    }

    @Test
    void ofTwoVersionsSideBySideEachKnowsTheLeasesOfTheOther() {
        Chain old = chain;
        Chain fresh = old.restarted();
        assertEquals(ip("192.0.2.100"), old.lease(mac(1)), "granted after the new version had read the store");
        assertEquals(ip("192.0.2.101"), fresh.lease(mac(2)));
        assertEquals(ip("192.0.2.102"), old.lease(mac(3)), "the new version was removed, the old one serves again");
        fresh.send(release(mac(2), ip("192.0.2.101")));
        assertEquals(fresh.leases.all(), old.leases.all());
        old.leases.close();
        fresh.lease(mac(4));
        assertEquals(3, old.leases.all().size(), "it hears no more");
    }

    @Test
    void changesThatTheStoreLostAreReadAgain() {
        Chain fresh = chain.restarted();
        chain.store.isDeaf = true;
        chain.lease(mac(1));
        assertEquals(List.of(), fresh.leases.all());
        chain.store.isDeaf = false;
        chain.store.tellLost();
        assertEquals(chain.leases.all(), fresh.leases.all());
        chain.lease(mac(2));
        assertEquals(chain.leases.all(), fresh.leases.all());
    }

    @Test
    void aRepeatedRequestThatIsDurableSurvivesTheFailureOfTheFirst() {
        chain.send(discover(mac(1)));
        chain.store.disk = MemoryStateStore.Disk.IS_SLOW;
        chain.send(selecting(mac(1), ip("192.0.2.100")));
        chain.send(selecting(mac(1), ip("192.0.2.100")));
        chain.store.failFirst();
        chain.store.completeAll();
        assertEquals(Lease.State.BOUND, chain.leases.all().get(0).state());
    }

    @Test
    void theClockGoesOnWithTheMonotonicClockAlone() {
        long[] nanos = {Long.MAX_VALUE - 500_000_000L};
        LeaseClock clock = new LeaseClock(() -> nanos[0], 77);
        assertEquals(77, clock.now());
        nanos[0] += 3_500_000_000L;
        assertEquals(80, clock.now(), "across the overflow of nanoTime");
    }
}
