package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.mac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.state.embedded.ForgetfulStore;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The chain on a disk that forgets every byte that was not forced, and the power lost at every operation on it: all that
 * clients were told is there afterwards, and nobody is given what is another's. A run is repeatable by its seed, which
 * stands in the test's name and in what it says when it fails.
 */
class PowerLossTest {

    private static final Subnet LAN = Chain.subnet("192.0.2.0/24", "192.0.2.100-192.0.2.109");
    private static final int CLIENTS = 14;
    private static final int MESSAGES = 80;
    private static final int NEVER = Integer.MAX_VALUE;

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatClientsWereToldSurvivesALossOfPowerAtEveryOperation(long seed) {
        losePowerAtEveryOperation(seed, 0, false);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void soItDoesOnADiskThatFails(long seed) {
        losePowerAtEveryOperation(seed, 10, false);
    }

    @Test
    void anAckBeforeTheForceWouldBeFound() {
        assertThrows(AssertionError.class, () -> losePowerAtEveryOperation(1, 0, true));
    }

    private static void losePowerAtEveryOperation(long seed, int failPercent, boolean isHasty) {
        World whole = new World(seed, NEVER, failPercent, isHasty);
        whole.live();
        assertTrue(whole.acks > 10, whole + ": too few ACKs to show anything");
        for (int point = 0; point < whole.store.operations(); point++) {
            World world = new World(seed, point, failPercent, isHasty);
            world.live();
            world.losePower();
            world.serveAll();
            world.losePower();
        }
    }

    /** A server, its disk and its clients, who know what they were told. */
    private static final class World {

        private record Holding(MacAddress who, long until) {}

        /** A message of a client that waits for what it was answered. */
        private record Asked(FakeExchange exchange, Verdict verdict, long at) {}

        private final Map<Inet4Address, Holding> held = new HashMap<>();
        private final Map<MacAddress, Inet4Address> last = new HashMap<>();
        private final String name;
        private final Random random;
        private ForgetfulStore store;
        private Chain chain;
        private long epoch = 1_000_000;
        private List<Asked> asked = new ArrayList<>();
        private int acks;

        World(long seed, int point, int failPercent, boolean isHasty) {
            name = "seed " + seed + ", power lost at operation " + point;
            random = new Random(seed);
            store = new ForgetfulStore(new Random(31 * seed + point));
            chain = Chain.on(store, epoch, LAN);
            // Of its own, so that the clients say the same at every point.
            Random failures = new Random(seed);
            store.failWhen(operation -> failures.nextInt(100) < failPercent);
            if (point != NEVER) {
                store.stopAfter(Math.max(0, point - store.operations()));
            }
            if (isHasty) {
                store.becomeHasty();
            }
        }

        @Override
        public String toString() {
            return name + ": " + held;
        }

        private long now() {
            return epoch + chain.nanos / 1_000_000_000L;
        }

        void live() {
            for (int message = 0; message < MESSAGES && !store.isStopped(); message++) {
                chain.pass(Duration.ofSeconds(random.nextInt(90)));
                say(mac(random.nextInt(CLIENTS)));
                if (random.nextInt(3) == 0) {
                    settle();
                }
            }
            settle();
        }

        private void say(MacAddress who) {
            Inet4Address mine = last.getOrDefault(who, Chain.ip("192.0.2." + (100 + random.nextInt(10))));
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> ask(Chain.discover(who));
                case 4 -> ask(Chain.discover(who).bytes(80, new byte[0])); // RFC 4039: leased at once
                case 5 -> ask(Chain.rebooting(who, mine));
                case 6, 7 -> ask(Chain.renewing(who, mine));
                case 8 -> giveUp(who, mine, Chain.release(who, mine));
                default -> giveUp(who, mine, Chain.decline(who, mine));
            }
        }

        private void ask(DhcpMessage.Builder message) {
            FakeExchange exchange = new FakeExchange(message.build());
            asked.add(new Asked(exchange, chain.run(exchange), now()));
        }

        /**
         * Whether or not the server hears of it or can store it: the client counts on it no more, nor on answers that
         * are under way.
         */
        private void giveUp(MacAddress who, Inet4Address address, DhcpMessage.Builder message) {
            asked.removeIf(one -> one.exchange().mac().equals(who));
            held.computeIfPresent(address, (key, holding) -> holding.who().equals(who) ? null : holding);
            ask(message);
        }

        /** One group is forced, and clients hear what may be sent then, until there is nothing more to say. */
        private void settle() {
            while (!asked.isEmpty()) {
                store.force();
                List<Asked> now = asked;
                asked = new ArrayList<>();
                now.stream()
                        .filter(one -> !(one.verdict() instanceof Verdict.Drop)
                                && one.exchange().mayBeSent())
                        .forEach(this::hear);
            }
        }

        private void hear(Asked one) {
            MacAddress who = one.exchange().mac();
            DhcpMessage said = one.exchange().replySoFar();
            DhcpMessageType type = said.type().orElseThrow();
            Inet4Address address = said.yourAddress();
            if (type == DhcpMessageType.NAK) {
                Inet4Address mine = one.exchange().request().clientAddress();
                Holding own = held.get(mine);
                assertTrue(
                        own == null || !own.who().equals(who) || own.until() <= now(),
                        () -> "NAK to " + who + " for " + mine + " at " + now() + "; " + this);
                return;
            }
            Holding holding = held.get(address);
            assertTrue(
                    holding == null || holding.who().equals(who) || holding.until() <= now(),
                    () -> type + " of " + address + " to " + who + " at " + now() + "; " + this);
            last.put(who, address);
            if (type == DhcpMessageType.OFFER) {
                ask(Chain.selecting(who, address));
            } else if (type == DhcpMessageType.ACK) {
                acks++;
                held.values().removeIf(holder -> holder.who().equals(who));
                // RFC 2131 section 4.4.1: counted from when the client asked
                Duration time = said.option(DhcpOptions.DHCP_LEASE_TIME).orElseThrow();
                held.put(address, new Holding(who, one.at() + time.toSeconds()));
            }
        }

        private Lease leaseOf(Inet4Address address) {
            return chain.leases.at(address).orElseThrow(() -> new AssertionError(address + " is lost; " + this));
        }

        /** Then all that was told is there. */
        void losePower() {
            epoch = now();
            store = store.afterPowerCut();
            chain = Chain.on(store, epoch, LAN);
            asked.clear();
            held.forEach((address, holding) -> {
                if (holding.until() > epoch) {
                    Lease lease = leaseOf(address);
                    assertEquals(Lease.State.BOUND, lease.state(), () -> lease + "; " + this);
                    assertEquals(holding.who(), lease.mac(), () -> lease + "; " + this);
                    assertTrue(lease.end() >= holding.until(), () -> lease + "; " + this);
                }
            });
        }

        /** Who holds an address goes on with it; then others come, until the pool is empty. */
        void serveAll() {
            Map.copyOf(held).forEach((address, holding) -> {
                if (holding.until() > now()) {
                    acks = 0;
                    ask(Chain.renewing(holding.who(), address));
                    settle();
                    assertEquals(1, acks, () -> holding.who() + " cannot renew " + address + "; " + this);
                }
            });
            for (int client = 0; client < 2 * CLIENTS; client++) {
                ask(Chain.discover(mac(client)));
                settle();
            }
            assertNotEquals(0, held.size());
        }
    }
}
