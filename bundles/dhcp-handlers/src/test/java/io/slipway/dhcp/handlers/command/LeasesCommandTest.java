package io.slipway.dhcp.handlers.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Machine;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.handlers.Chain;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeasesCommandTest {

    private static final Pattern ADDRESS = Pattern.compile("192\\.0\\.2\\.1(\\d\\d)");

    private final Chain chain = Chain.fresh();
    private final Shell shell = new Shell(chain);

    private String printed(boolean expired) {
        return shell.leases(command -> command.expired = expired);
    }

    /** The last two digits of each address that is shown. */
    private List<String> shown(Consumer<LeasesCommand> options) {
        return ADDRESS.matcher(shell.leases(options))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Test
    void saysSoWhenThereIsNone() {
        assertEquals("No leases. Those that have ended show with --expired." + System.lineSeparator(), printed(false));
        assertEquals("No leases." + System.lineSeparator(), printed(true));
        assertEquals("No such leases." + System.lineSeparator(), shell.leases(command -> {
            command.expired = true;
            command.mac = "52";
        }));
    }

    @Test
    void showsWhoHasWhatUntilWhen() {
        chain.lease(Chain.mac(1));
        chain.pass(Duration.ofMinutes(30));
        chain.lease(Chain.mac(2));
        String table = printed(false);
        assertTrue(table.contains("192.0.2.100"), table);
        assertTrue(table.contains("52:54:00:00:00:01"), table);
        assertTrue(table.contains("in 30m 0s"), table);
        assertTrue(table.contains("bound"), table);
        chain.pass(Duration.ofMinutes(45));
        assertFalse(printed(false).contains("192.0.2.100"));
        assertTrue(printed(true).contains("expired"));
        assertTrue(printed(true).contains("15m 0s ago"));
    }

    @Test
    void showsWhoTheClientIs() throws Exception {
        chain.machines().put(Machine.builder("web-1").mac(Chain.mac(1)).build());
        chain.lease(Chain.mac(1));
        chain.send(Chain.renewing(Chain.mac(1), Chain.ip("192.0.2.100"))
                .option(DhcpOptions.HOST_NAME, "installer")
                .option(DhcpOptions.DHCP_CLIENT_IDENTIFIER, new byte[] {1, 0x52, (byte) 0xab}));
        String table = printed(false);
        assertTrue(table.contains("web-1"), table);
        assertTrue(table.contains("installer"), table);
        assertTrue(table.contains("01:52:ab"), table);
    }

    @Test
    void filtersNarrowItDown() {
        chain.machines().put(Machine.builder("web-1").mac(Chain.mac(0x0102)).build());
        for (int mac : new int[] {0x0101, 0x0102, 0x0203, 0x0204}) {
            chain.lease(Chain.mac(mac));
        }
        assertEquals(List.of("00", "01", "02", "03"), shown(command -> {}));
        assertEquals(List.of("02", "03"), shown(command -> command.in = "192.0.2.102/31"));
        assertEquals(List.of("01", "02"), shown(command -> command.in = "192.0.2.101-192.0.2.102"));
        assertEquals(List.of("03"), shown(command -> command.in = "192.0.2.103"));
        assertEquals(4, shown(command -> command.in = "192.0.2.0/24").size(), "the subnet by its name");
        assertEquals(List.of(), shown(command -> command.in = "10.0.0.0/8"));
        assertEquals(4, shown(command -> command.in = "10.0.0.0/0").size());
        assertEquals(List.of("02", "03"), shown(command -> command.mac = "52:54:00:00:02"));
        assertEquals(List.of("02"), shown(command -> command.mac = "*:03"));
        assertEquals(List.of("02"), shown(command -> command.mac = "52-54-00-00-02-03"));
        assertEquals(List.of("02"), shown(command -> command.mac = "525400000203"));
        assertEquals(List.of("01"), shown(command -> command.machine = "WEB-*"));
        assertEquals(List.of(), shown(command -> command.machine = "web"));
        assertEquals(List.of("02"), shown(command -> {
            command.in = "192.0.2.101-192.0.2.102";
            command.mac = "52:54:00:00:02";
        }));
    }

    @Test
    void statesAreToldApart() {
        chain.lease(Chain.mac(1));
        chain.lease(Chain.mac(2));
        chain.send(Chain.decline(Chain.mac(2), Chain.ip("192.0.2.101")));
        chain.send(Chain.discover(Chain.mac(3)));
        assertEquals(List.of("00"), shown(command -> command.state = "bound"));
        assertEquals(List.of("01"), shown(command -> command.state = "declined"));
        assertEquals(List.of("02"), shown(command -> command.state = "offered"));
        chain.pass(Duration.ofHours(1));
        assertEquals(List.of("00", "01", "02"), shown(command -> command.state = "expired"));
        shell.leases(command -> command.state = "released");
        assertEquals(
                "--state gone; expected one of bound, declined, expired, offered, released",
                Shell.refusal(shell.leasesCommand(command -> command.state = "gone")));
    }

    @Test
    void sortsAndNeverShowsMoreThanTheLimit() {
        for (int mac : new int[] {3, 1, 2}) {
            chain.lease(Chain.mac(mac));
            chain.pass(Duration.ofSeconds(10));
        }
        chain.send(Chain.renewing(Chain.mac(3), Chain.ip("192.0.2.100")));
        assertEquals(List.of("00", "01", "02"), shown(command -> {}));
        assertEquals(List.of("01", "02", "00"), shown(command -> command.sort = "mac"));
        assertEquals(List.of("01", "02", "00"), shown(command -> command.sort = "end"));
        assertEquals(List.of("01", "02"), shown(command -> {
            command.sort = "end";
            command.limit = 2;
        }));
        String cut = shell.leases(command -> command.limit = 1);
        assertTrue(cut.contains("2 more; narrow them down (see --help), or raise --limit 1."), cut);
        assertFalse(shell.leases(command -> command.limit = 3).contains(" more;"));
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertEquals(
                "--sort size; expected one of address, end, mac, start",
                Shell.refusal(shell.leasesCommand(command -> command.sort = "size")));
        assertEquals("--limit 0; expected 1 or more", Shell.refusal(shell.leasesCommand(command -> command.limit = 0)));
        assertEquals(
                "MAC address 'web'; expected such as 52:54:00:12:34:56, 52:54:00 or *:34:56",
                Shell.refusal(shell.leasesCommand(command -> command.mac = "web")));
        for (String wrong : List.of("nosuch", "192.0.2.0/33", "192.0.2.300", "192.0.2.9-192.0.2.1")) {
            assertEquals(
                    "'" + wrong + "'; expected a network such as 192.0.2.0/24, a range such as 192.0.2.10-192.0.2.20,"
                            + " an address, or one of the subnets 192.0.2.0/24",
                    Shell.refusal(shell.leasesCommand(command -> command.in = wrong)));
        }
    }

    @Test
    void thousandsOfLeasesAreACutTable() {
        Chain wide = Chain.ofSubnet("10.0.0.0/8", "10.0.0.2-10.0.200.0");
        for (int i = 0; i < 5000; i++) {
            wide.send(Chain.discover(Chain.mac(i)).relayAddress(Chain.ip("10.255.0.1")));
        }
        String printed = new Shell(wide).leases(command -> {});
        assertTrue(printed.lines().count() < 110, printed);
        assertTrue(printed.contains("4900 more;"), printed);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,        in 0s",
        "PT59S,       in 59s",
        "PT59M12S,    in 59m 12s",
        "PT11H58M7S,  in 11h 58m",
        "P29DT3H,     in 29d 3h",
        "PT-5S,       5s ago",
        "PT-26H,      1d 2h ago",
    })
    void timesAreReadable(Duration remaining, String expected) {
        assertEquals(expected, LeaseText.relative(remaining));
    }
}
