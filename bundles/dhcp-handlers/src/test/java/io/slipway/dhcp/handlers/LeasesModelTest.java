package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.mac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.MemoryStateStore;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixty clients on a wire of two subnets with reservations that come and go, transfers, configurations that change, a
 * disk that fails, and restarts, against what the clients themselves believe.
 */
class LeasesModelTest {

    private static final Subnet NEAR = subnet("192.0.2.0/24", "192.0.2.100-192.0.2.109, 192.0.2.115-192.0.2.119");
    private static final Subnet FAR = subnet("198.51.100.0/24", "198.51.100.100-198.51.100.112");
    private static final Subnet FAR_MOVED = subnet("198.51.100.0/24", "198.51.100.105-198.51.100.120");
    private static final NewcomerLimits LIMITS = new NewcomerLimits(
            NewcomerLimits.Limit.NONE, new NewcomerLimits.Limit(10, 30), NewcomerLimits.Limit.NONE, 5);

    private record Holding(MacAddress who, long until) {}

    private final Map<Inet4Address, Holding> held = new HashMap<>();
    private final Map<Inet4Address, MacAddress> reserved = new HashMap<>();
    private final Map<Inet4Address, MacAddress> transfers = new HashMap<>();
    private final Map<MacAddress, Inet4Address> last = new HashMap<>();
    private final AddressHandler.Settings settings = new AddressHandler.Settings(
            true, Duration.ofMinutes(10), true, true, Duration.ofHours(3), true, false, LIMITS);
    private final MemoryStateStore store = new MemoryStateStore();
    private Chain chain = new Chain(store, settings, 1_000_000, NEAR, FAR);
    private long offset = 1_000_000;
    private int acks;
    private Random random = new Random();

    private static Subnet subnet(String network, String range) {
        return Chain.subnet(Map.of("subnet", network, "range", range, "sharedNetwork", "wire"));
    }

    private long now() {
        return offset + chain.nanos / 1_000_000_000L;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void nobodyHasWhatIsAnothers(long seed) {
        random = new Random(seed);
        for (int step = 0; step < 10_000; step++) {
            chain.pass(Duration.ofMillis(random.nextInt(20_000)));
            world();
            store.disk = random.nextInt(10) == 0 ? MemoryStateStore.Disk.FAILS : MemoryStateStore.Disk.WORKS;
            say(mac(random.nextInt(60)));
        }
        assertTrue(acks > 1000, acks + " ACKs are too few to show anything");
    }

    /** What befalls a server. */
    private void world() {
        Inet4Address address = any();
        switch (random.nextInt(200)) {
            case 0 -> restart();
            case 1, 2, 3 -> reserve(address, mac(random.nextInt(60)));
            case 4, 5 -> {
                chain.machines.remove("m" + address.getHostAddress());
                reserved.remove(address);
            }
            case 6, 7, 8 -> {
                Holding holding = held.get(address);
                if (holding != null && holding.until() > now()) {
                    chain.transfers.begin(address);
                    transfers.put(address, holding.who());
                }
            }
            case 9, 10 -> {
                transfers.keySet().forEach(chain.transfers::end);
                transfers.clear();
            }
            case 11 -> chain.serve(NEAR, random.nextBoolean() ? FAR : FAR_MOVED);
            default -> {
                // nothing
            }
        }
        // what is known of transfers may be a second old
        chain.pass(Duration.ofSeconds(1));
    }

    private void reserve(Inet4Address address, MacAddress who) {
        boolean hasOne = reserved.containsValue(who) || reserved.containsKey(address);
        if (!hasOne) {
            reserved.put(address, who);
            chain.machines.put(Machine.builder("m" + address.getHostAddress())
                    .mac(who)
                    .address(address)
                    .build());
        }
    }

    private void restart() {
        Chain before = chain;
        before.leases.close();
        offset = now();
        chain = new Chain(store, settings, offset, NEAR, FAR);
        before.machines.all().forEach(chain.machines::put);
        transfers.keySet().forEach(chain.transfers::begin);
        Set<Lease> stored = new HashSet<>(chain.leases.all());
        for (Lease lease : before.leases.all()) {
            if (lease.isLive(offset) && lease.state() == Lease.State.BOUND) {
                assertTrue(stored.contains(lease), lease + " is not in the store");
            }
        }
    }

    private Inet4Address any() {
        int number = random.nextInt(60);
        return Chain.ip(number < 30 ? "192.0.2." + (95 + number) : "198.51.100." + (65 + number));
    }

    private void say(MacAddress who) {
        Inet4Address mine = random.nextInt(4) == 0 ? any() : last.getOrDefault(who, any());
        switch (random.nextInt(13)) {
            case 0, 1, 2 -> hear(who, Chain.discover(who));
            case 3 -> hear(who, Chain.discover(who, any().getHostAddress()));
            case 4 -> hear(who, Chain.discover(who).bytes(80, new byte[0]));
            case 5 -> hear(who, Chain.selecting(who, mine));
            case 6, 7 -> hear(who, Chain.rebooting(who, mine));
            case 8, 9 -> hear(who, Chain.renewing(who, mine));
            case 10 -> hear(who, Chain.bootp(who));
            case 11 -> giveUp(who, mine, Chain.release(who, mine));
            default -> giveUp(who, mine, Chain.decline(who, mine));
        }
    }

    private void giveUp(MacAddress who, Inet4Address address, DhcpMessage.Builder message) {
        // Given up or not: a server that could not store it may only be the more careful.
        if (held.containsKey(address) && held.get(address).who().equals(who)) {
            held.remove(address);
        }
        chain.send(message);
    }

    private void hear(MacAddress who, DhcpMessage.Builder message) {
        Optional<DhcpMessage> reply = chain.send(message);
        if (reply.isEmpty()) {
            return;
        }
        DhcpMessage said = reply.get();
        Optional<DhcpMessageType> type = said.type();
        Inet4Address address = said.yourAddress();
        if (type.equals(Optional.of(DhcpMessageType.NAK))) {
            return;
        }
        Holding holding = held.get(address);
        boolean isOwn = holding != null && holding.who().equals(who);
        assertTrue(
                holding == null || isOwn || holding.until() <= now(),
                () -> type + " of " + address + " to " + who + " while " + holding + " at " + now());
        MacAddress owner = reserved.getOrDefault(address, who);
        assertTrue(
                owner.equals(who) || (isOwn && transfers.containsKey(address)),
                () -> type + " of " + address + " to " + who + " but it is reserved for " + owner);
        assertTrue(
                isOwn || transfers.getOrDefault(address, who).equals(who),
                () -> type + " of " + address + " to " + who + " during a transfer of another");
        last.put(who, address);
        if (type.equals(Optional.of(DhcpMessageType.OFFER))) {
            if (random.nextInt(4) != 0) {
                hear(who, Chain.selecting(who, address));
            }
            return;
        }
        acks++;
        assertStored(who, address);
        // a client has one address: what it had before is no longer its own
        held.values().removeIf(one -> one.who().equals(who));
        long time = type.isEmpty()
                ? settings.bootpLease().toSeconds()
                : said.option(DhcpOptions.DHCP_LEASE_TIME).orElseThrow().toSeconds();
        held.put(address, new Holding(who, now() + time));
    }

    /** Never is a lease acknowledged that is not in the store. */
    private void assertStored(MacAddress who, Inet4Address address) {
        Key key = LeaseRecord.PREFIX.child(address.getHostAddress());
        Lease stored = LeaseRecord.decode(new Entry(key, store.records.get(key), 1));
        assertEquals(who, stored.mac());
        assertEquals(Lease.State.BOUND, stored.state());
        assertEquals(chain.leases.at(address), Optional.of(stored));
    }
}
