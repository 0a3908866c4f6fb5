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
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.dhcp.Verdict;
import io.slipway.dhcp.codec.DhcpMessage;
import java.net.Inet4Address;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A trial answers as a packet would be answered, and nothing comes of it. */
class TrialTest {

    private static final NewcomerLimits.Limit ANY = NewcomerLimits.Limit.NONE;

    private static FakeExchange trial(DhcpMessage.Builder request) {
        FakeExchange exchange = new FakeExchange(request.build());
        exchange.isTrial = true;
        return exchange;
    }

    private static Map<Object, Object> stored(Chain chain) {
        return chain.store.records.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> ByteBuffer.wrap(entry.getValue())));
    }

    private static DhcpMessage.Builder any(Random random) {
        MacAddress mac = mac(random.nextInt(30));
        Inet4Address address = ip("192.0.2." + (97 + random.nextInt(26)));
        return switch (random.nextInt(8)) {
            case 0 -> discover(mac, address.getHostAddress());
            case 1 -> selecting(mac, address);
            case 2 -> rebooting(mac, address);
            case 3 -> renewing(mac, address);
            case 4 -> release(mac, address);
            case 5 -> decline(mac, address);
            case 6 -> bootp(mac);
            default -> discover(mac);
        };
    }

    @Test
    void aTrialForetellsTheAnswerAndChangesNothing() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            NewcomerLimits limits = new NewcomerLimits(ANY, new NewcomerLimits.Limit(8, 9), ANY, seed % 2 * 10);
            Chain chain = Chain.with(
                    defaults -> new AddressHandler.Settings(
                            random.nextBoolean(),
                            Duration.ofMinutes(1),
                            true,
                            true,
                            Duration.ofHours(1),
                            true,
                            false,
                            limits),
                    Chain.LAN);
            chain.machines.put(Machine.builder("one")
                    .mac(mac(1))
                    .address(ip("192.0.2.100"))
                    .build());
            chain.machines.put(
                    Machine.builder("two").mac(mac(2)).address(ip("192.0.2.50")).build());
            chain.send(discover(mac(99))); // a pool shows when it was asked for at least once
            for (int step = 0; step < 400; step++) {
                foretell(chain, any(random), "seed " + seed + " step " + step);
                chain.pass(Duration.ofSeconds(random.nextInt(4) == 0 ? random.nextInt(1200) : random.nextInt(3)));
            }
        }
    }

    private static void foretell(Chain chain, DhcpMessage.Builder request, String where) {
        var leases = chain.leases.all();
        var pools = chain.leases.desk().pools();
        var records = stored(chain);
        FakeExchange trial = trial(request);
        Verdict verdict = chain.run(trial);
        assertEquals(leases, chain.leases.all(), where);
        assertEquals(pools, chain.leases.desk().pools(), where);
        assertEquals(records, stored(chain), where);
        FakeExchange packet = new FakeExchange(request.build());
        assertEquals(chain.run(packet), verdict, where);
        assertEquals(packet.replySoFar(), trial.replySoFar(), where);
    }

    @Test
    void aTrialIsNotOfferedTheSameAddressTwice() {
        Chain chain = Chain.fresh();
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    Optional.of(ip("192.0.2.100")),
                    chain.send(trial(discover(mac(i)))).map(DhcpMessage::yourAddress));
        }
        assertEquals(ip("192.0.2.100"), chain.lease(mac(9)));
    }

    @Test
    void aTrialLooksPastReservedAddressesAndSetsNoneAside() {
        Chain chain = Chain.fresh();
        chain.send(discover(mac(8)));
        chain.machines.put(
                Machine.builder("node").mac(mac(1)).address(ip("192.0.2.101")).build());
        assertEquals(
                Optional.of(ip("192.0.2.102")),
                chain.send(trial(discover(mac(2)))).map(DhcpMessage::yourAddress));
        assertEquals(0, chain.leases.desk().pools().get(0).setAside());
        chain.send(discover(mac(2)));
        assertEquals(1, chain.leases.desk().pools().get(0).setAside(), "a packet does");
    }

    @Test
    void aTrialSaysWhy() {
        Chain chain = Chain.fresh();
        chain.machines.put(
                Machine.builder("node").mac(mac(1)).address(ip("192.0.2.101")).build());
        FakeExchange known = trial(discover(mac(1)));
        chain.send(known);
        assertEquals(
                "[subnet 192.0.2.0/24 (192.0.2.0/24), machine node, for which is reserved 192.0.2.101,"
                        + " the address is reserved for it]",
                known.reasons.toString());
        chain.lease(mac(2));
        FakeExchange again = trial(discover(mac(2)));
        chain.send(again);
        assertTrue(again.reasons.contains("it holds this address already"), again.reasons.toString());
    }

    @Test
    void trialsUseUpNoLimits() {
        Chain chain = Chain.with(
                defaults -> new AddressHandler.Settings(
                        true,
                        defaults.declineHold(),
                        true,
                        true,
                        defaults.bootpLease(),
                        false,
                        false,
                        new NewcomerLimits(ANY, new NewcomerLimits.Limit(1, 1), ANY, 0)),
                Chain.LAN);
        for (int i = 0; i < 5; i++) {
            assertTrue(chain.send(trial(discover(mac(i)))).isPresent());
            assertTrue(chain.send(trial(rebooting(mac(i), ip("192.0.2.105")))).isPresent());
        }
        assertTrue(chain.send(discover(mac(9))).isPresent());
        assertEquals(Verdict.drop("too many unknown clients"), chain.run(trial(discover(mac(1)))));
    }

    @Test
    void trialsDoNotCountAsRequestsOfTheClient() {
        AllowHandler allow = new AllowHandler(new AllowHandler.Settings(List.of(new MacPattern("*")), List.of(), 1));
        for (int i = 0; i < 100; i++) {
            assertEquals(Verdict.next(), allow.handle(trial(discover(mac(1)))));
        }
        assertEquals(
                Verdict.next(), allow.handle(new FakeExchange(discover(mac(1)).build())));
    }

    @Test
    void aTrialPingsNobody() {
        Chain chain = Chain.with(
                defaults -> new AddressHandler.Settings(
                        true,
                        defaults.declineHold(),
                        true,
                        true,
                        defaults.bootpLease(),
                        false,
                        true,
                        NewcomerLimits.NONE),
                Chain.LAN);
        FakeExchange trial = trial(discover(mac(1)));
        chain.run(trial);
        assertEquals(0, trial.awaited.size());
        assertTrue(trial.reasons.contains("it does not hold this address now, pinged first"), trial.reasons.toString());
    }
}
