package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.dhcp.codec.DhcpOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetFileTest {

    private final Map<String, String> set =
            new HashMap<>(Map.of("subnet", "192.0.2.0/24", "range", "192.0.2.100-192.0.2.200"));

    private final Map<String, String> fromFile =
            new HashMap<>(Map.of("felix.fileinstall.filename", "file:/opt/slipway/etc/io.slipway.dhcp.subnet-lan.cfg"));

    @SuppressWarnings("JdkObsolete") // OSGi hands over a Dictionary
    private Subnet subnet() {
        Hashtable<String, Object> properties = new Hashtable<>(set);
        properties.putAll(fromFile);
        return SubnetFile.parse(ConfigFile.of(SubnetFile.PID, properties));
    }

    @Test
    void subnetAndRangeAreEnough() {
        Subnet subnet = subnet();
        assertEquals(new Network(Chain.ip("192.0.2.0"), 24), subnet.network());
        assertEquals(LeaseTimes.UNSET, subnet.leaseTimes());
        assertEquals(ConfiguredOptions.NONE, subnet.level().options());
        assertEquals(Optional.empty(), subnet.link());
        assertTrue(subnet.leases(Chain.ip("192.0.2.200")));
        assertFalse(subnet.leases(Chain.ip("192.0.2.201")));
    }

    @Test
    void everythingCanBeSet() {
        set.putAll(Map.of(
                "exclude", "192.0.2.110-192.0.2.119, 192.0.2.150",
                "routers", "192.0.2.120",
                "dns", "192.0.2.2,192.0.2.3",
                "domain", "lab.example",
                "ntp", "192.0.2.4",
                "leaseTime", "12h",
                "interface", "eth1"));
        Subnet subnet = subnet();
        for (String address : List.of("192.0.2.110", "192.0.2.115", "192.0.2.150", "192.0.2.120")) {
            assertFalse(subnet.leases(Chain.ip(address)), address);
        }
        ConfiguredOptions options = ConfiguredOptions.NONE
                .with(DhcpOptions.ROUTERS, List.of(Chain.ip("192.0.2.120")))
                .with(DhcpOptions.DOMAIN_NAME_SERVERS, List.of(Chain.ip("192.0.2.2"), Chain.ip("192.0.2.3")))
                .with(DhcpOptions.DOMAIN_NAME, "lab.example")
                .with(DhcpOptions.NTP_SERVERS, List.of(Chain.ip("192.0.2.4")));
        assertEquals(new Level(LeaseTimes.of(Duration.ofHours(12)), options), subnet.level());
        assertTrue(subnet.isServedOn("eth1"));
        assertFalse(subnet.isServedOn("eth0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subnet    | ''                        | a network such as 192.0.2.0/24",
                "subnet    | 192.0.2.7/24              | no host bits set",
                "subnet    | 192.0.2.0/31              | prefix 8 to 30",
                "subnet    | 192.0.2.0                 | a network such as 192.0.2.0/24",
                "range     | 192.0.2.200-192.0.2.100   | its start not after its end",
                "range     | 192.0.2.100-198.51.100.1  | addresses of subnet = 192.0.2.0/24",
                "range     | 198.51.100.1-198.51.100.9 | addresses of subnet = 192.0.2.0/24",
                "range     | 192.0.2.0-192.0.2.100     | within 192.0.2.1-192.0.2.254",
                "range     | 192.0.2.100-192.0.2.255   | within 192.0.2.1-192.0.2.254",
                "range     | 192.0.2.100-192.0.2.300   | a range such as",
                "exclude   | 192.0.2.100-192.0.2.200   | at least one address",
                "exclude   | many                      | a range such as",
                "routers   | gw.example                | an IPv4 address",
                "dns       | 192.0.2                   | an IPv4 address",
                "ntp       | ::1                       | an IPv4 address",
                "leaseTime | 0                         | a time such as 45s",
                "leaseTime | 1 week                    | a time such as 45s",
                "leaseTime | 99999999d                 | a time such as 45s",
            })
    void aWrongValueIsRefusedByName(String key, String value, String expected) {
        set.put(key, value);
        String message =
                assertThrows(IllegalArgumentException.class, this::subnet).getMessage();
        assertTrue(
                message.startsWith("etc/io.slipway.dhcp.subnet-lan.cfg: " + key + " = '" + value + "'; expected "),
                message);
        assertTrue(message.contains(expected), message);
    }

    @Test
    void aConfigurationThatComesFromNoFileIsRefusedToo() {
        fromFile.clear();
        fromFile.put("service.pid", "io.slipway.dhcp.subnet~dmz");
        set.put("dns", "ns.example");
        String message =
                assertThrows(IllegalArgumentException.class, this::subnet).getMessage();
        assertTrue(message.startsWith("etc/io.slipway.dhcp.subnet-dmz.cfg: dns = 'ns.example'; "), message);
    }

    @ParameterizedTest
    @CsvSource({"45s,45", "30m,1800", "12h,43200", "7d,604800", "3600,3600"})
    void timesHaveUnits(String text, long seconds) {
        set.put("leaseTime", text);
        assertEquals(LeaseTimes.of(Duration.ofSeconds(seconds)), subnet().leaseTimes());
    }
}
