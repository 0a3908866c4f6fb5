package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.mac;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.MacAddress;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.state.MemoryStateStore;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 50 clients, 20 addresses: whatever they say, nobody has another's address. */
class LeasesPropertyTest {

    private record Holding(MacAddress who, long until) {}

    private Chain chain = Chain.fresh();
    private final Map<Inet4Address, Holding> held = new HashMap<>();
    private final Map<MacAddress, Inet4Address> last = new HashMap<>();
    private int acks;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void oneAddressOneHolder(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 20_000; step++) {
            chain.pass(Duration.ofMillis(random.nextInt(20_000)));
            if (random.nextInt(2000) == 0) {
                long nanos = chain.nanos;
                chain = new Chain(chain.store, Chain.DEFAULTS, now(), Chain.LAN);
                chain.nanos = 0;
                offset += nanos / 1_000_000_000L;
            }
            chain.store.disk = random.nextInt(10) == 0 ? MemoryStateStore.Disk.FAILS : MemoryStateStore.Disk.WORKS;
            say(mac(random.nextInt(50)), random);
        }
        assertTrue(acks > 1000, acks + " ACKs are too few to show anything");
    }

    private long offset = 1_000_000;

    private long now() {
        return offset + chain.nanos / 1_000_000_000L;
    }

    private void say(MacAddress who, Random random) {
        Inet4Address any = Chain.ip("192.0.2." + (95 + random.nextInt(30)));
        Inet4Address mine = random.nextInt(4) == 0 ? any : last.getOrDefault(who, any);
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> hear(who, Chain.discover(who), random);
            case 3 -> hear(who, Chain.discover(who, any.getHostAddress()), random);
            case 4, 5 -> hear(who, Chain.selecting(who, mine), random);
            case 6, 7 -> hear(who, Chain.rebooting(who, mine), random);
            case 8, 9 -> hear(who, Chain.renewing(who, mine), random);
            case 10 -> giveUp(who, mine, Chain.release(who, mine));
            default ->
                giveUp(
                        who,
                        mine,
                        random.nextInt(5) == 0
                                ? Chain.decline(who, mine)
                                : Chain.bootp(who).type(DhcpMessageType.INFORM).clientAddress(mine));
        }
    }

    private void giveUp(MacAddress who, Inet4Address address, DhcpMessage.Builder message) {
        boolean ends = message.build().type().orElseThrow() != DhcpMessageType.INFORM;
        // Given up or not: a server that could not store it may only be the more careful.
        if (ends && held.containsKey(address) && held.get(address).who().equals(who)) {
            held.remove(address);
        }
        chain.send(message);
    }

    private void hear(MacAddress who, DhcpMessage.Builder message, Random random) {
        Optional<DhcpMessage> reply = chain.send(message);
        if (reply.isEmpty()) {
            return;
        }
        DhcpMessage said = reply.get();
        Inet4Address address = said.yourAddress();
        if (said.type().orElseThrow() == DhcpMessageType.NAK) {
            return;
        }
        assertTrue(Chain.LAN.leases(address), address + " is outside the pool");
        Holding holding = held.get(address);
        assertTrue(
                holding == null || holding.who().equals(who) || holding.until() <= now(),
                () -> said.type() + " of " + address + " to " + who + " while " + holding + " at " + now());
        if (said.type().orElseThrow() == DhcpMessageType.ACK) {
            acks++;
            held.put(
                    address,
                    new Holding(
                            who,
                            now()
                                    + said.option(DhcpOptions.DHCP_LEASE_TIME)
                                            .orElseThrow()
                                            .toSeconds()));
        }
        last.put(who, address);
        if (said.type().orElseThrow() == DhcpMessageType.OFFER && random.nextInt(4) != 0) {
            hear(who, Chain.selecting(who, address), random);
        }
    }

    @Test
    void manyThreadsAtOnce() throws InterruptedException, ExecutionException {
        Map<Inet4Address, MacAddress> owners = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> done = IntStream.range(0, 50)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> {
                        chain.send(Chain.discover(mac(i))).ifPresent(offer -> {
                            assertTrue(chain.send(Chain.selecting(mac(i), offer.yourAddress()))
                                    .isPresent());
                            assertEquals(null, owners.put(offer.yourAddress(), mac(i)));
                        });
                    }))
                    .toList();
            for (Future<?> one : done) {
                one.get();
            }
        } finally {
            threads.shutdown();
            assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
        }
        assertEquals(20, owners.size());
        assertEquals(20, chain.store.records.size());
        assertEquals(
                owners,
                chain.restarted().leases.all().stream()
                        .collect(java.util.stream.Collectors.toMap(Lease::address, Lease::mac)));
    }
}
