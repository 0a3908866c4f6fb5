package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that is refused leaves what it said before in service, and is told once with what to mend. */
class NetworkSettingsTest {

    private static final String LAN = "subnet = 192.0.2.0/24\nrange = 192.0.2.100-192.0.2.119\n";
    private static final String FAR = "subnet = 198.51.100.0/24\nrange = 198.51.100.10-198.51.100.20\n";

    private final NetworkSettings settings = new NetworkSettings();
    private final Map<String, ConfigFile> files = new TreeMap<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;
    private Networks networks = Networks.NONE;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(stderr);
    }

    private void write(String kind, String label, String text) {
        Properties keys = new Properties();
        try {
            keys.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new HashMap<>();
        keys.forEach((key, value) -> texts.put((String) key, (String) value));
        files.put(kind + label, new ConfigFile(kind, label, texts));
    }

    private void subnet(String label, String text) {
        write(SubnetFile.PID, label, text);
        update();
    }

    private void update() {
        networks = settings.update(files.values());
    }

    private List<String> names() {
        return networks.subnets().stream().map(Subnet::name).toList();
    }

    private List<String> refusals() {
        List<String> lines =
                new ArrayList<>(log.toString(StandardCharsets.UTF_8).lines().toList());
        lines.removeIf(line -> !line.contains("refused: "));
        return lines;
    }

    private void assertRefused(String... parts) {
        assertEquals(1, refusals().size(), refusals().toString());
        for (String part : parts) {
            assertTrue(refusals().get(0).contains(part), refusals().get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "range = 203.0.113.1-203.0.113.9               | range = '203.0.113.1-203.0.113.9'; expected addresses of subnet",
                "range = 192.0.2.10-192.0.2.20, 192.0.2.20     | expected a range that does not overlap 192.0.2.10-192.0.2.20",
                "option.ntp-server = 192.0.2.4                 | there is no option ntp-server; is it ntp-servers?",
                "option.interface-mtu = big                    | option.interface-mtu = 'big'; expected a number, 0 to 65535",
                "leaseTiem = 1h                                | leaseTiem = '1h'; expected a key of this file",
                "leaseTime = 1h\\nminLeaseTime = 2h            | minLeaseTime = '2h'; expected no more than leaseTime",
                "dns = 192.0.2.2\\noption.domain-name-servers = 192.0.2.3 | dns = '192.0.2.2'; expected this key or",
                "option.3 = 192.0.2.1\\noption.routers = 192.0.2.1 | each option once",
                "always = ntp-servers, nosuch                  | always = 'nosuch'; expected the name of an option",
                "range.phones = 192.0.2.10-192.0.2.20          | there is no etc/io.slipway.dhcp.group-phones.cfg",
                "subnet = 198.51.0.0/16\\nrange = 198.51.1.1   | expected a network that does not overlap 198.51.100.0/24 of "
                        + "etc/io.slipway.dhcp.subnet-far.cfg",
                "relay = 198.51.100.1                          | 198.51.100.1 belongs to etc/io.slipway.dhcp.subnet-far.cfg",
            })
    void aRefusedChangeLeavesTheFormerOneServing(String line, String refusal) {
        subnet("far", FAR);
        subnet("lan", LAN);
        Networks before = networks;
        String changed = line.replace("\\n", "\n");
        String rest =
                changed.startsWith("subnet") ? "" : changed.startsWith("range =") ? "subnet = 192.0.2.0/24\n" : LAN;
        subnet("lan", rest + changed);
        assertEquals(before, networks);
        assertRefused("etc/io.slipway.dhcp.subnet-lan.cfg: ", refusal, "; what that file said before goes on serving");
        update();
        assertEquals(1, refusals().size(), "said once");
        subnet("lan", LAN + "leaseTime = 5m\n");
        assertEquals(1, refusals().size(), "mended");
        assertTrue(networks.subnets().get(1).leaseTimes().longest().isPresent());
    }

    @Test
    void withoutAFormerOneTheOthersServe() {
        subnet("far", FAR);
        subnet("lan", "subnet = 192.0.2.7/24\n");
        assertEquals(List.of("far"), names());
        assertRefused("subnet = '192.0.2.7/24'; ", "; nothing of that file serves until it is mended");
    }

    @Test
    void whatDidNotFitServesWhenTheOtherFileIsGone() {
        subnet("lan", LAN);
        subnet("old", "subnet = 192.0.0.0/16\nrange = 192.0.1.1-192.0.1.9\n");
        assertEquals(List.of("lan"), names());
        files.remove(SubnetFile.PID + "lan");
        update();
        assertEquals(List.of("old"), names());
    }

    @Test
    void filesThatFitOnlyTogetherChangeTogether() {
        subnet("a", LAN);
        subnet("b", FAR);
        write(SubnetFile.PID, "a", FAR);
        write(SubnetFile.PID, "b", LAN);
        update();
        assertEquals("198.51.100.0/24", networks.subnets().get(0).network().toString());
        assertEquals("192.0.2.0/24", networks.subnets().get(1).network().toString());
        assertEquals(List.of(), refusals());
    }

    @Test
    void ofTwoThatOverlapAtTheStartTheFirstByNameServes() {
        write(SubnetFile.PID, "b", LAN);
        write(SubnetFile.PID, "a", LAN + "leaseTime = 5m\n");
        update();
        assertEquals(List.of("a"), names());
        assertRefused("subnet-b.cfg: subnet = '192.0.2.0/24'", "etc/io.slipway.dhcp.subnet-a.cfg");
    }

    @Test
    void groupsAndTheGlobalLevelAreKeptTheSameWay() {
        write(OptionsFile.PID, "", "leaseTime = 2h\n");
        write(GroupFile.PID, "phones", "match.vendorClass = phone*\noption.tftp-server-address = 192.0.2.9\n");
        subnet("lan", LAN + "range.phones = 192.0.2.10-192.0.2.20\n");
        Networks before = networks;
        assertEquals(1, before.groups().size());
        assertTrue(before.global().leaseTimes().longest().isPresent());
        write(OptionsFile.PID, "", "range = 192.0.2.1\n");
        update();
        write(GroupFile.PID, "phones", "match.arch = uefi-x46\n");
        update();
        assertEquals(before, networks);
        assertEquals(2, refusals().size());
        assertTrue(refusals().get(0).contains("etc/io.slipway.dhcp.options.cfg: range = '192.0.2.1'; expected a key"));
        assertTrue(refusals().get(1).contains("is it uefi-x64?"), refusals().get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "leaseTime = 1h             | no key says who is in the group",
                "match.mac = 52:54:xx:*     | match.mac = '52:54:xx:*'; expected a MAC address",
                "match.vendorclass = x      | is it match.vendorClass?",
                "match.label. = x           | expected a key that is one of",
                "match.circuitId =          | expected one pattern or more",
                "match.mac = *\\nrange = 1  | range = '1'; expected a key of this file",
            })
    void aGroupThatSaysTooLittleIsRefused(String text, String refusal) {
        write(GroupFile.PID, "g", text.replace("\\n", "\n"));
        update();
        assertRefused("etc/io.slipway.dhcp.group-g.cfg: ", refusal);
        assertEquals(List.of(), networks.groups());
    }

    @Test
    void aRelayMayServeSeveralSubnetsOfOneWire() {
        subnet("a", LAN + "sharedNetwork = floor1\nrelay = 10.0.0.1\n");
        subnet("b", FAR + "sharedNetwork = floor1\nrelay = 10.0.0.1\n");
        assertEquals(List.of(), refusals());
        Subnet first = networks.around(Chain.ip("10.0.0.1")).orElseThrow();
        assertEquals("a", first.name());
        assertEquals(
                List.of("a", "b"),
                networks.sharedNetworkOf(first).stream().map(Subnet::name).toList());
        assertEquals(
                List.of("b", "a"),
                networks.sharedNetworkOf(networks.subnets().get(1)).stream()
                        .map(Subnet::name)
                        .toList());
    }
}
