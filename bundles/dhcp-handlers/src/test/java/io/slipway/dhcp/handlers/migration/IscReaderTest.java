package io.slipway.dhcp.handlers.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IscReaderTest {

    private static Site sample() throws BrokenFileException {
        return Samples.read(OtherServer.ISC, "dhcpd.conf", "dhcpd.leases");
    }

    @Test
    void networksHaveTheirRangesAndOptions() throws BrokenFileException {
        assertEquals("""
                option.224.string = blue; green
                option.classless-static-routes = 198.51.100.0/24 via 192.0.2.1, 0.0.0.0/0 via 192.0.2.1
                option.routers = 192.0.2.1
                range = 192.0.2.100-192.0.2.199, 192.0.2.220-192.0.2.229
                subnet = 192.0.2.0/24
                """, Samples.file(sample(), "io.slipway.dhcp.subnet-192.0.2.0-24.cfg"));
    }

    @Test
    void whatASharedNetworkSaysHoldsInItsNetworksAndItsPoolsAreTheirs() throws BrokenFileException {
        assertEquals("""
                minLeaseTime = 5m
                option.ntp-servers = 198.51.100.4
                option.routers = 198.51.100.129
                range.phones = 198.51.100.140-198.51.100.250
                sharedNetwork = floor1
                subnet = 198.51.100.128/25
                """, Samples.file(sample(), "io.slipway.dhcp.subnet-198.51.100.128-25.cfg"));
    }

    @Test
    void whatHoldsEverywhereIsInTheOptionsFile() throws BrokenFileException {
        assertEquals("""
                leaseTime = 12h
                option.domain-name = lab.example
                option.domain-name-servers = 192.0.2.2, 192.0.2.3
                """, Samples.file(sample(), "io.slipway.dhcp.options.cfg"));
    }

    @Test
    void aClassIsAGroupAndEachBranchOfItsIfIsOneThatIsAskedBefore() throws BrokenFileException {
        Site site = sample();
        assertEquals("""
                match.vendorClass = PXEClient*
                option.boot-file-name = pxelinux.0
                option.tftp-server-name = 192.0.2.9
                """, Samples.file(site, "io.slipway.dhcp.group-pxeclients.cfg"));
        assertEquals("""
                match.arch = 7
                match.vendorClass = PXEClient*
                option.boot-file-name = shimx64.efi
                """, Samples.file(site, "io.slipway.dhcp.group-001-7-PXEClient.cfg"));
        assertEquals(
                "match.mac = 00:80:77:01:02:03, 00:80:77:01:02:04\n",
                Samples.file(site, "io.slipway.dhcp.group-printers.cfg"));
    }

    @Test
    void hostsAreMachinesWithWhatTheirGroupSays() throws BrokenFileException {
        assertEquals("""
                machines:
                  # dhcpd.conf:64
                  "web-1":
                    mac: ["52:54:00:12:34:56"]
                    address: ["192.0.2.20"]
                    options:
                      "boot-file-name": "special.0"
                      "host-name": "web-1"
                      "tftp-server-name": "192.0.2.7"
                  # dhcpd.conf:68
                  "web-2":
                    mac: ["52:54:00:12:34:57"]
                    address: ["192.0.2.21", "198.51.100.20"]
                    leaseTime: 10m
                    options:
                      "boot-file-name": "special.0"
                      "host-name": "www"
                      "tftp-server-name": "192.0.2.7"
                  # dhcpd.conf:75
                  "by-id":
                    clientId: ["0x6e6f64652d37"]
                    address: ["192.0.2.22"]
                    options:
                      "host-name": "by-id"
                """, SiteWriter.machines(sample()).get("imported.yaml"));
    }

    @Test
    void theLastThatIsSaidOfALeaseCountsWhileItIsLive() throws BrokenFileException {
        Site site = sample();
        assertEquals(List.of("192.0.2.101 52:54:00:aa:00:02 01525400aa0002 node-2 4294967294"), Samples.leases(site));
        assertTrue(site.remarks().toString().contains("dhcpd.leases: 2 leases: have ended"));
    }

    @Test
    void whatIsLeftOutIsToldWithItsLine() throws BrokenFileException {
        assertEquals(
                List.of(
                        "dhcpd.conf:12: log-facility local7: there is nothing like it here",
                        "dhcpd.conf:79: key omapi: this server does not write into DNS",
                        "dhcpd.conf:80: omapi-port 7911: there is nothing like it here"),
                Samples.losses(sample()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "option nosuch 1;                                    | no such option",
                "option routers gateway.example;                     | expected IPv4 addresses",
                "option host-name = concat(\"a\", \"b\");            | a value that is computed",
                "include \"more.conf\";                              | name that file, too",
                "failover peer \"x\" { primary; }                    | no failover",
                "subnet 192.0.2.0 netmask 255.0.255.0 { }            | has holes",
                "subnet 192.0.2.0 netmask 255.255.255.255 { }        | prefix length 32",
                "range 192.0.2.1 192.0.2.9;                          | no network here has it",
                "host a { hardware token-ring 1:2:3:4:5:6; hardware ethernet 1:2:3:4:5:6; } | only Ethernet",
                "host a { fixed-address 192.0.2.9; }                 | nothing tells it from others",
                "if not exists user-class { filename \"a\"; }        | 'not'",
                "class \"a\" { match pick-first-value (hardware); }  | groups do not look at that",
                "not authoritative;                                  | authoritative = false",
                "deny unknown-clients;                               | who is served",
                "subnet6 2001:db8::/32 { }                           | DHCPv6"
            })
    void whatCannotBeSaidIsNeverPassedOverInSilence(String text, String why) throws BrokenFileException {
        List<String> losses = Samples.losses(Samples.read(OtherServer.ISC, "\n" + text));
        assertEquals(1, losses.size(), losses.toString());
        assertTrue(losses.get(0).startsWith("test.conf:2: ") && losses.get(0).contains(why), losses.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subnet 192.0.2.0 netmask 255.255.255.0 { range a | test.conf:2: the file ends within 'range",
                "subnet 192.0.2.0 netmask 255.255.255.0 {         | test.conf:2: the file ends within 'subnet",
                "option domain-name \"lab                         | test.conf:2: a string without its closing quote",
                "}                                                | test.conf:2: '}' without a '{'",
                "default-lease-time 600 }                         | test.conf:2: '}' where 'default-lease-time"
            })
    void aBrokenFileIsRefusedWithItsLine(String text, String message) {
        String refusal = assertThrows(BrokenFileException.class, () -> Samples.read(OtherServer.ISC, "\n" + text))
                .getMessage();
        assertTrue(refusal.startsWith(message), refusal);
    }

    /** "hardware" begins with the type, 1 for Ethernet. */
    @ParameterizedTest
    @CsvSource({
        "'substring(hardware, 0, 4) = 01:52:54:00', 52:54:00:*",
        "'substring(hardware, 1, 3) = 52:54:00', 52:54:00:*",
        "'substring(hardware, 4, 3) = aa:bb:cc', ??:??:??:aa:bb:cc",
        "hardware = 1:52:54:0:12:34:56, 52:54:00:12:34:56"
    })
    void partsOfTheHardwareAddressAreWhereTheyAre(String test, String pattern) throws BrokenFileException {
        Site site = Samples.read(OtherServer.ISC, "class \"A-b\" { match if " + test + "; filename \"x\"; }");
        assertEquals(List.of(), Samples.losses(site));
        assertEquals(
                Map.of("mac", List.of(pattern)),
                site.groups().stream()
                        .collect(Collectors.toMap(SiteGroup::name, SiteGroup::match))
                        .get("A-b"));
    }
}
