package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.slipway.dhcp.codec.Addresses;
import io.slipway.state.MemoryStateStore;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Leases are what they were, whatever the wall clock does, also over restarts. */
class LeaseClockTest {

    private static final long YEARS = 56L * 365 * 86400;
    private static final Inet4Address FIRST = ip("192.0.2.100");
    private static final Inet4Address SECOND = ip("192.0.2.101");

    private final MemoryStateStore store = new MemoryStateStore();
    private long nanos = Long.MAX_VALUE - 5_000_000_000L;
    private long wall = YEARS;
    private Leases leases = start();

    private Leases start() {
        try {
            return new Leases(store, LeaseClock.of(store, () -> nanos, () -> wall));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall += time.toSeconds();
    }

    /** Another process; its monotonic clock has nothing to do with that of the one before. */
    private void restart() {
        restart(wall);
    }

    /** The wall clock says another time after the stop. */
    private void restart(long time) {
        leases.close();
        wall = time;
        nanos = 77;
        leases = start();
    }

    private void lease(int client, Inet4Address address) {
        Requester who = new Requester(
                mac(client),
                ClientNames.NONE,
                List.of(FakeExchange.SERVER),
                Addresses.ANY,
                "eth0",
                Optional.empty(),
                List.of(Chain.LAN),
                Optional.empty(),
                List.of(),
                Set.of(),
                false);
        assertInstanceOf(Claim.Granted.class, leases.claim(who, address, new Terms(Duration.ofHours(1), true, false)));
    }

    private Duration remaining(Inet4Address address) {
        return leases.remaining(leases.at(address).orElseThrow());
    }

    @Test
    void aRestartTakesTheTimeThatItTakes() {
        lease(1, FIRST);
        pass(Duration.ofMinutes(10));
        restart();
        assertEquals(Duration.ofMinutes(50), remaining(FIRST));
    }

    @Test
    void aStepForwardEndsNoLeaseAtTheNextStart() {
        lease(1, FIRST);
        pass(Duration.ofMinutes(10));
        wall += YEARS;
        lease(2, SECOND);
        pass(Duration.ofMinutes(10));
        restart();
        assertEquals(Duration.ofMinutes(40), remaining(FIRST));
        assertEquals(Duration.ofMinutes(50), remaining(SECOND));
    }

    @Test
    void aStepBackProlongsNoLeaseAtTheNextStart() {
        lease(1, FIRST);
        wall -= YEARS / 2;
        lease(2, SECOND);
        pass(Duration.ofMinutes(10));
        restart();
        assertEquals(Duration.ofMinutes(50), remaining(FIRST));
    }

    @Test
    void aStepBeforeTheServerStopsIsKnownThoughNobodyLeasedSince() {
        lease(1, FIRST);
        wall += YEARS;
        restart();
        assertEquals(Duration.ofHours(1), remaining(FIRST));
    }

    @Test
    void aMachineThatForgotTheTimeGoesOnWhereItWas() {
        lease(1, FIRST);
        pass(Duration.ofMinutes(10));
        lease(2, SECOND);
        pass(Duration.ofMinutes(10));
        restart(0);
        assertEquals(Duration.ofMinutes(50), remaining(FIRST), "as when the last lease was given");
        wall = 3 * YEARS; // it has heard a time server
        lease(3, ip("192.0.2.102"));
        pass(Duration.ofMinutes(5));
        restart(0);
        assertEquals(Duration.ofMinutes(50), remaining(FIRST));
    }

    @Test
    void aSmallDifferenceIsNoStep() {
        lease(1, FIRST);
        wall += 1;
        lease(2, SECOND);
        assertEquals(Optional.empty(), store.get(LeaseClock.KEY));
    }

    @Test
    void whatCannotBeReadIsAsIfItWereNotThere() {
        store.commit(Transaction.put(LeaseClock.KEY, new byte[] {9}));
        lease(1, FIRST);
        restart();
        assertEquals(Duration.ofHours(1), remaining(FIRST));
    }

    @Test
    void aStepThatCouldNotBeStoredIsStoredLater() {
        lease(1, FIRST);
        wall += YEARS;
        store.disk = MemoryStateStore.Disk.FAILS;
        lease(2, SECOND);
        store.disk = MemoryStateStore.Disk.WORKS;
        lease(2, SECOND);
        store.disk = MemoryStateStore.Disk.FAILS; // when it stops
        restart();
        assertEquals(Duration.ofHours(1), remaining(FIRST));
    }
}
