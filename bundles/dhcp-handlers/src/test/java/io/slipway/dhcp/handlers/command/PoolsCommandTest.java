package io.slipway.dhcp.handlers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.dhcp.handlers.Chain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolsCommandTest {

    private final Chain chain = Chain.fresh();
    private final Shell shell = new Shell(chain);

    /** The numbers of a pool: size, used, percent, offered, declined, reserved, free, new in a minute. */
    private static List<String> numbers(String table, String pool) {
        String line = table.lines()
                .filter(row -> row.contains(pool))
                .findFirst()
                .orElseThrow(() -> new AssertionError(pool + " in\n" + table));
        return List.of(line.substring(line.indexOf(pool) + pool.length())
                .replaceFirst("^[^0-9]+", "")
                .split("[^0-9.]+"));
    }

    @Test
    void showsPoolsOfWhichNobodyAskedYet() {
        chain.serve(Map.of("192.0.2.0/24", "192.0.2.100-192.0.2.119", "10.0.0.0/24", "10.0.0.10-10.0.0.20"));
        String table = shell.pools();
        assertEquals(List.of("11", "0", "0.0", "0", "0", "0", "11", "0"), numbers(table, "10.0.0.10-10.0.0.20"));
        assertEquals(List.of("20", "0", "0.0", "0", "0", "0", "20", "0"), numbers(table, "192.0.2.100-192.0.2.119"));
        assertEquals(
                1,
                shell.pools("10.0.0.0/24")
                        .lines()
                        .filter(line -> line.contains("10.0.0.0/24"))
                        .count());
    }

    @Test
    void afterARestartTheLeasesCount() {
        chain.lease(Chain.mac(1));
        assertEquals(
                List.of("20", "1", "5.0", "0", "0", "0", "19", "0"),
                numbers(new Shell(chain.restarted()).pools(), "192.0.2.100-192.0.2.119"));
    }

    @Test
    void countsEachAddressOnce() {
        chain.machines()
                .put(Machine.builder("a")
                        .mac(Chain.mac(1))
                        .address(Chain.ip("192.0.2.100"))
                        .build());
        chain.machines()
                .put(Machine.builder("b")
                        .mac(Chain.mac(2))
                        .address(Chain.ip("192.0.2.101"))
                        .build());
        chain.machines()
                .put(Machine.builder("c")
                        .mac(Chain.mac(3))
                        .address(Chain.ip("192.0.2.7"))
                        .build());
        assertEquals("2", numbers(shell.pools(), "192.0.2.100-192.0.2.119").get(5));
        chain.lease(Chain.mac(1));
        chain.lease(Chain.mac(3));
        assertEquals(
                List.of("20", "1", "5.0", "0", "0", "1", "18", "1"), numbers(shell.pools(), "192.0.2.100-192.0.2.119"));
        assertEquals(
                Chain.ip("192.0.2.102"), chain.lease(Chain.mac(4)), "the reserved one is passed over, and set aside");
        chain.send(Chain.decline(Chain.mac(4), Chain.ip("192.0.2.102")));
        chain.send(Chain.discover(Chain.mac(5)));
        String table = shell.pools();
        assertEquals(List.of("20", "1", "5.0", "1", "1", "1", "16", "2"), numbers(table, "192.0.2.100-192.0.2.119"));
        assertEquals(List.of("1", "1", "100.0", "0", "0", "0", "0", "0"), numbers(table, "reserved outside of pools"));
    }

    @Test
    void theRateIsOfNewLeasesOfAMinute() {
        for (int i = 0; i < 5; i++) {
            chain.lease(Chain.mac(i));
        }
        chain.send(Chain.renewing(Chain.mac(0), Chain.ip("192.0.2.100")));
        assertEquals("5", numbers(shell.pools(), "192.0.2.100-192.0.2.119").get(7));
        chain.pass(Duration.ofSeconds(60));
        assertEquals("0", numbers(shell.pools(), "192.0.2.100-192.0.2.119").get(7));
    }

    @Test
    void saysWhatIsMissing() {
        PoolsCommand command = new PoolsCommand();
        command.plan = chain.plan();
        command.subnet = "nosuch";
        assertEquals("there is no subnet 'nosuch'; there are: 192.0.2.0/24", Shell.refusal(command));
        chain.serve(Map.of());
        assertTrue(shell.pools().startsWith("No subnets."));
    }
}
