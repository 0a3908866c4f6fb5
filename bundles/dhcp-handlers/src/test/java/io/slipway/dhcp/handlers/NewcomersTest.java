package io.slipway.dhcp.handlers;

import static io.slipway.dhcp.handlers.Chain.discover;
import static io.slipway.dhcp.handlers.Chain.ip;
import static io.slipway.dhcp.handlers.Chain.mac;
import static io.slipway.dhcp.handlers.Chain.rebooting;
import static io.slipway.dhcp.handlers.Chain.renewing;
import static io.slipway.dhcp.handlers.Chain.selecting;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A flood of clients of which nothing is known. */
class NewcomersTest {

    private static final NewcomerLimits.Limit ANY = NewcomerLimits.Limit.NONE;

    private static Chain with(NewcomerLimits limits) {
        return with(limits, Chain.LAN);
    }

    private static Chain with(NewcomerLimits limits, Subnet subnet) {
        return Chain.with(
                defaults -> new AddressHandler.Settings(
                        true, defaults.declineHold(), true, true, defaults.bootpLease(), false, false, limits),
                subnet);
    }

    private static DhcpMessage.Builder onPort(DhcpMessage.Builder request, int port) {
        return request.relayAddress(ip("192.0.2.3")).bytes(82, new byte[] {1, 1, (byte) port});
    }

    private static boolean isOffered(Chain chain, DhcpMessage.Builder request) {
        return chain.send(request).isPresent();
    }

    @Test
    void aFloodFromOnePortLeavesTheOthersAlone() {
        Chain chain = with(new NewcomerLimits(new NewcomerLimits.Limit(3, 0), ANY, ANY, 0));
        for (int i = 0; i < 3; i++) {
            assertTrue(isOffered(chain, onPort(discover(mac(i)), 1)));
        }
        assertEquals("too many unknown clients", chain.dropped(onPort(discover(mac(3)), 1)));
        assertTrue(isOffered(chain, onPort(discover(mac(2)), 1)), "whoever has an offer gets it again");
        assertTrue(isOffered(chain, onPort(discover(mac(4)), 2)));
        assertTrue(isOffered(chain, discover(mac(5))), "nor is a link such a port");
        chain.send(onPort(selecting(mac(0), ip("192.0.2.100")), 1));
        assertTrue(isOffered(chain, onPort(discover(mac(3)), 1)), "an offer that was taken does not wait any more");
        assertEquals("too many unknown clients", chain.dropped(onPort(discover(mac(6)), 1)));
        chain.pass(Leases.OFFER_TIME);
        assertTrue(isOffered(chain, onPort(discover(mac(6)), 1)));
    }

    @Test
    void aPortThatIsAMachinesIsNoWayAroundTheLimits() {
        Chain chain = with(new NewcomerLimits(new NewcomerLimits.Limit(1, 0), ANY, ANY, 0));
        chain.machines.put(Machine.builder("port")
                .identity(new MachineIdentity.CircuitId("09"))
                .address(ip("192.0.2.9"))
                .build());
        assertEquals(
                ip("192.0.2.9"),
                chain.send(onPort(discover(mac(1)), 9)).orElseThrow().yourAddress());
        assertEquals("too many unknown clients", chain.dropped(onPort(discover(mac(2)), 9)));
    }

    @Test
    void newLeasesOfAMinuteAreCountedByWhetherTheClientHadOneBefore() {
        Chain chain = with(new NewcomerLimits(ANY, new NewcomerLimits.Limit(0, 2), ANY, 0));
        chain.lease(mac(0));
        chain.lease(mac(1));
        assertEquals("too many unknown clients", chain.dropped(discover(mac(2))));
        assertEquals("too many unknown clients", chain.dropped(rebooting(mac(2), ip("192.0.2.110"))));
        assertEquals(
                Optional.of(DhcpMessageType.ACK),
                chain.send(renewing(mac(0), ip("192.0.2.100"))).flatMap(DhcpMessage::type));
        chain.pass(Duration.ofSeconds(60));
        assertEquals(ip("192.0.2.102"), chain.lease(mac(2)));
    }

    @Test
    void whoWasOfferedAnAddressGetsItThoughTheOffersAreAtTheirLimit() {
        Chain chain = with(new NewcomerLimits(ANY, ANY, new NewcomerLimits.Limit(2, 0), 0));
        chain.send(discover(mac(0)));
        chain.send(discover(mac(1)));
        assertEquals("too many unknown clients", chain.dropped(discover(mac(2))));
        assertTrue(chain.send(selecting(mac(0), ip("192.0.2.100"))).isPresent());
        assertTrue(isOffered(chain, discover(mac(2))));
    }

    @Test
    void theReserveIsForThoseWhoAreKnown() {
        Chain chain = with(new NewcomerLimits(ANY, ANY, ANY, 10));
        chain.machines.put(Machine.builder("node").mac(mac(90)).build());
        for (int i = 0; i < 18; i++) {
            chain.lease(mac(i));
        }
        assertEquals("no free address for unknown clients", chain.dropped(discover(mac(50))));
        assertEquals("no free address for unknown clients", chain.dropped(discover(mac(50), "192.0.2.119")));
        assertEquals("too many unknown clients", chain.dropped(rebooting(mac(50), ip("192.0.2.119"))));
        assertEquals(ip("192.0.2.118"), chain.lease(mac(90)));
        chain.pass(Duration.ofHours(2));
        for (int i = 100; i < 118; i++) {
            chain.send(discover(mac(i)));
        }
        assertEquals("no free address for unknown clients", chain.dropped(discover(mac(51))));
        assertTrue(isOffered(chain, discover(mac(0))), "it had a lease once");
    }

    @Test
    void knownMachinesBootThroughAnAttackWithRandomAddresses() {
        Subnet wide = Chain.subnet("10.0.0.0/16", "10.0.0.2-10.0.20.1");
        Chain chain = with(
                new NewcomerLimits(ANY, new NewcomerLimits.Limit(1000, 0), new NewcomerLimits.Limit(2000, 0), 5), wide);
        for (int i = 0; i < 100; i++) {
            chain.machines.put(Machine.builder("node" + i).mac(mac(i)).build());
        }
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            FakeExchange attack = onWide(discover(mac(1000 + random.nextInt(1_000_000))));
            chain.send(attack).ifPresent(offer -> chain.send(select(offer)));
            if (i % 200 == 0) {
                FakeExchange known = onWide(discover(mac(i / 200)));
                DhcpMessage offer = chain.send(known).orElseThrow();
                assertEquals(
                        Optional.of(DhcpMessageType.ACK),
                        chain.send(select(offer)).flatMap(DhcpMessage::type));
            }
        }
        assertEquals(5120, chain.leases.desk().pools().get(0).size());
        assertTrue(
                chain.leases.desk().pools().get(0).free() >= 5120 / 20 - 100,
                "the reserve, less what known machines took");
    }

    @Test
    void aStarvationOfAHundredThousandIsToldOnceAndKnownMachinesBoot() {
        Chain chain = with(
                new NewcomerLimits(ANY, new NewcomerLimits.Limit(20_000, 0), new NewcomerLimits.Limit(100_000, 0), 5),
                Chain.subnet("10.0.0.0/16", "10.0.0.2-10.0.100.1"));
        chain.machines.put(Machine.builder("node").mac(mac(1)).build());
        Inet4Address before = boot(chain, 2);
        chain.pass(Duration.ofHours(2));
        List<String> warnings = warnings(() -> {
            for (int i = 0; i < 100_000; i++) {
                chain.send(onWide(discover(mac(1000 + i))));
                if (i % 10_000 == 9_999) {
                    assertTrue(boot(chain, 1).isSiteLocalAddress(), "a machine that the operator knows");
                    assertEquals(before, boot(chain, 2), "whose lease ended long ago");
                    chain.pass(Duration.ofSeconds(3));
                }
            }
        });
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(
                warnings.get(0).contains("the limit of link eth0 (20000 offers that nobody took of at most 20000, "),
                warnings::toString);
    }

    @Test
    void aLongAttackIsToldEachHourAndTheNextOneAnew() {
        Chain chain = with(new NewcomerLimits(ANY, new NewcomerLimits.Limit(1, 0), ANY, 0));
        List<String> warnings = warnings(() -> {
            for (int second = 0; second < 3000; second++) {
                chain.send(discover(mac(second)));
                chain.pass(Duration.ofSeconds(1));
            }
        });
        assertEquals(1, warnings.size(), warnings::toString);
        List<String> later = warnings(() -> {
            for (int second = 3000; second < 3700; second++) {
                chain.send(discover(mac(second)));
                chain.pass(Duration.ofSeconds(1));
            }
        });
        assertEquals(1, later.size(), later::toString);
        assertTrue(later.get(0).matches(".* not answered, 3[0-9]{3} so far.*"), later::toString);
        chain.pass(Duration.ofMinutes(10));
        List<String> next = warnings(() -> {
            chain.send(discover(mac(9000)));
            chain.send(discover(mac(9001)));
        });
        assertTrue(next.get(0).contains(" 1 so far"), next::toString);
    }

    private static Inet4Address boot(Chain chain, int number) {
        DhcpMessage offer = chain.send(onWide(discover(mac(number)))).orElseThrow();
        return chain.send(select(offer)).orElseThrow().yourAddress();
    }

    /** What is warned of meanwhile. */
    private static List<String> warnings(Runnable action) {
        PrintStream stderr = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(stderr);
        }
        return log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" WARN "))
                .toList();
    }

    private static FakeExchange select(DhcpMessage offer) {
        return onWide(rebooting(Chain.macOf(offer), offer.yourAddress())
                .option(DhcpOptions.DHCP_SERVER_IDENTIFIER, ip("10.0.0.1")));
    }

    private static FakeExchange onWide(DhcpMessage.Builder request) {
        return new FakeExchange(request.build()).on("eth0", ip("10.0.0.1"));
    }

    @Test
    void theOperatorIsToldOnceAMinuteWithNumbers() {
        EachMinute told = new EachMinute();
        assertTrue(told.isDue("a", 5));
        assertEquals(false, told.isDue("a", 64));
        assertTrue(told.isDue("b", 64));
        assertTrue(told.isDue("a", 65));
        Origin origin = new Origin("link eth0", new NewcomerLimits.Limit(2, 0));
        origin.offered(10, 1, 10);
        origin.leased(11);
        assertEquals(
                "link eth0 (1 offers that nobody took of at most 2, 1 new leases in a minute)", origin.describe(12));
    }

    @Test
    void aMinuteHasSixtySeconds() {
        LastMinute minute = new LastMinute();
        Random random = new Random(3);
        int[] counts = new int[5000];
        int now = 100;
        for (int step = 0; step < 5000 && now < 4800; step++) {
            now += random.nextInt(20) == 0 ? random.nextInt(90) : random.nextInt(2);
            int second = now - random.nextInt(100);
            minute.add(second, 1, now);
            if (second > now - 60) {
                counts[second]++;
            }
            int expected = 0;
            for (int i = now - 59; i <= now; i++) {
                expected += counts[i];
            }
            assertEquals(expected, minute.sum(now), "at " + now);
        }
    }

    @Test
    void aClientThatFloodsIsLimitedAloneAndForASecond() {
        long[] nanos = {-5};
        ClientRates rates = new ClientRates(3, () -> nanos[0]);
        for (int i = 0; i < 3; i++) {
            assertTrue(rates.admits(mac(1)));
        }
        assertEquals(false, rates.admits(mac(1)));
        assertTrue(rates.admits(mac(2)));
        nanos[0] += 1_000_000_000L;
        assertTrue(rates.admits(mac(1)));
        ClientRates any = new ClientRates(0, () -> 0);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(any.admits(mac(1)));
        }
    }

    @Test
    void aClientThatDeclinesEverythingIsLeftAloneForAWhile() {
        Chain chain = Chain.fresh();
        for (int i = 0; i < 5; i++) {
            chain.send(Chain.decline(mac(1), chain.lease(mac(1))));
        }
        assertEquals("declines every address", chain.dropped(discover(mac(1))));
        assertTrue(isOffered(chain, discover(mac(2))));
        chain.pass(Duration.ofMinutes(10));
        assertTrue(isOffered(chain, discover(mac(1))));
    }
}
