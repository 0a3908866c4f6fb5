package io.slipway.dhcp.handlers.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeaReaderTest {

    private static Site sample() throws BrokenFileException {
        return Samples.read(OtherServer.KEA, "kea-dhcp4.conf", "kea-leases4.csv");
    }

    @Test
    void networksAreReadWithWhatTheirWireSays() throws BrokenFileException {
        Site site = sample();
        assertEquals("""
                option.routers = 192.0.2.1
                range = 192.0.2.100-192.0.2.199
                subnet = 192.0.2.0/24
                """, Samples.file(site, "io.slipway.dhcp.subnet-lan.cfg"));
        assertEquals("""
                option.ntp-servers = 198.51.100.4
                range.phones = 198.51.100.145-198.51.100.158
                relay = 10.255.0.1
                sharedNetwork = floor1
                subnet = 198.51.100.128/25
                """, Samples.file(site, "io.slipway.dhcp.subnet-198.51.100.128-25.cfg"));
    }

    @Test
    void optionsAreOfTheTypesThatAreDefinedForThem() throws BrokenFileException {
        assertEquals("""
                always = 225
                leaseTime = 12h
                option.224.string = blue
                option.225.ip-addresses = 192.0.2.7, 192.0.2.8
                option.domain-name-servers = 192.0.2.2, 192.0.2.3
                option.domain-search = lab.example, example
                """, Samples.file(sample(), "io.slipway.dhcp.options.cfg"));
    }

    @Test
    void classesWithATestAreGroups() throws BrokenFileException {
        assertEquals("""
                match.arch = 7, 9
                option.boot-file-name = shimx64.efi
                option.tftp-server-name = 192.0.2.9
                """, Samples.file(sample(), "io.slipway.dhcp.group-efi.cfg"));
    }

    @Test
    void reservationsAreMachines() throws BrokenFileException {
        assertEquals("""
                machines:
                  # kea-dhcp4.conf:56
                  "web-1":
                    mac: ["52:54:00:12:34:56"]
                    address: ["192.0.2.20"]
                    options:
                      "boot-file-name": "special.0"
                      "host-name": "web-1"
                  # kea-dhcp4.conf:62
                  "reserved":
                    clientId: ["0x01525400123457"]
                    address: ["192.0.2.21"]
                  # kea-dhcp4.conf:63
                  "node-7":
                    circuitId: ["0x706f72742d37"]
                    address: ["192.0.2.22"]
                    options:
                      "host-name": "node-7"
                """, SiteWriter.machines(sample()).get("imported.yaml"));
    }

    @Test
    void theLastLineOfALeaseCountsWhileItIsLive() throws BrokenFileException {
        Site site = sample();
        assertEquals(
                List.of(
                        "192.0.2.100 52:54:00:aa:00:01 01525400aa0001 node-1 4102444800",
                        "192.0.2.101 52:54:00:aa:00:02   4294967294"),
                Samples.leases(site));
        assertTrue(site.remarks().toString().contains("kea-leases4.csv: 2 leases: have ended"));
    }

    @Test
    void whatIsLeftOutIsToldWithItsLine() throws BrokenFileException {
        assertEquals(
                List.of(
                        "kea-dhcp4.conf:14: option-def site-record: an option of such a type cannot be defined here",
                        "kea-dhcp4.conf:29: client-class strange: 'not': a group has only what its members are",
                        "kea-dhcp4.conf:10: renew-timer: clients renew at half of their lease, and at 7/8 of it by"
                                + " broadcast",
                        "kea-dhcp4.conf:64: duid: there is nothing like it here",
                        "kea-dhcp4.conf:64: host reserved: nothing tells it from others"),
                Samples.losses(sample()));
    }

    @Test
    void whatIsWrittenForKeaIsTheSameWhenItIsRead() throws BrokenFileException {
        Site first = sample();
        Site second = Samples.read(OtherServer.KEA, KeaJson.write(first));
        Function<Site, List<String>> files = site -> SiteWriter.configuration(site).stream()
                .map(file -> file.name() + "\n" + file.values())
                .sorted()
                .toList();
        // An option's type is not in its bytes, so what is not in the table comes back as bytes.
        List<String> expected = files.apply(first).stream()
                .map(text -> text.replace("option.224.string=blue", "option.224.binary=62:6c:75:65")
                        .replace(
                                "option.225.ip-addresses=192.0.2.7, 192.0.2.8",
                                "option.225.binary=c0:00:02:07:c0:00:02:08"))
                .toList();
        assertEquals(expected, files.apply(second));
        Function<Site, String> machines = site ->
                SiteWriter.machines(site).get("imported.yaml").replaceAll(" *(# .*|\"host-name\": .*|options:)\n", "");
        assertEquals(machines.apply(first), machines.apply(second));
        assertEquals(
                Samples.leases(first),
                Samples.leases(OtherServer.KEA.read(
                        List.of(),
                        List.of(new Source(
                                "out.csv", KeaCsv.write(first, first.leases().values()))),
                        Samples.NOW)));
    }

    @Test
    void commentsAndLateCommasAreTaken() throws BrokenFileException {
        Site site = Samples.read(
                OtherServer.KEA,
                "# a\n{ // b\n \"Dhcp4\": { /* c\n */ \"subnet4\": [ { \"subnet\": \"192.0.2.0/24\", }, ], }, }\n# end");
        assertEquals("subnet = 192.0.2.0/24\n", Samples.file(site, "io.slipway.dhcp.subnet-192.0.2.0-24.cfg"));
        assertEquals(4, site.networks().get(0).place().line());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"hooks-libraries\": [ { \"library\": \"x.so\" } ]                 | there is nothing like it here",
                "\"option-data\": [ { \"name\": \"nosuch\", \"data\": \"1\" } ]     | no such option",
                "\"option-data\": [ { \"name\": \"routers\", \"data\": \"gate\" } ] | expected IPv4 addresses",
                "\"option-data\": [ { \"code\": 1, \"space\": \"x\" } ]             | options within options",
                "\"subnet4\": [ { \"subnet\": \"2001:db8::/32\" } ]                 | is not an IPv4 address",
                "\"subnet4\": [ { \"subnet\": \"192.0.2.1/24\" } ]                  | host bits set",
                "\"authoritative\": false                                           | authoritative = false",
                "\"client-classes\": [ { \"name\": \"a\" } ]                        | it has no test",
                "\"client-classes\": [ { \"name\": \"a\", \"test\": \"option[60].text == 'a' or option[60].text == 'b'\" } ] | several texts",
                "\"client-classes\": [ { \"name\": \"a\", \"test\": \"pkt4.mac == 0x525400\" } ] | it holds for nobody",
                "\"reservations\": [ { \"ip-address\": \"192.0.2.7\" } ]            | nothing tells it from others"
            })
    void whatCannotBeSaidIsNeverPassedOverInSilence(String text, String why) throws BrokenFileException {
        String losses = Samples.losses(Samples.read(OtherServer.KEA, "{ \"Dhcp4\": {\n" + text + "\n} }"))
                .toString();
        assertTrue(losses.startsWith("[test.conf:2: ") && losses.contains(why), losses);
    }

    @ParameterizedTest
    @CsvSource({
        "'substring(pkt4.mac, 3, 3) == 0xAABBCC', ??:??:??:aa:bb:cc",
        "'substring(pkt4.mac, 0, 3) == 0x525400', 52:54:00:*",
        "'substring(pkt4.mac, 1, 2) == 0x5400', ??:54:00:*",
        "pkt4.mac == 0x525400123456, 52:54:00:12:34:56"
    })
    void partsOfAMacAddressAreWhereTheyAre(String test, String pattern) throws BrokenFileException {
        Site site = Samples.read(
                OtherServer.KEA,
                "{ \"Dhcp4\": { \"client-classes\": [ { \"name\": \"A-b\", \"test\": \"" + test
                        + "\", \"boot-file-name\": \"x\" } ] } }");
        assertEquals(List.of(), Samples.losses(site));
        SiteGroup group = site.groups().get(0);
        assertEquals("A-b", group.name());
        assertEquals(Map.of("mac", List.of(pattern)), group.match());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"Dhcp4\": { \"subnet4\": [       | test.conf:2: the file ends",
                "{ \"Dhcp4\": { \"a\": 1 \"b\": 2 } } | test.conf:2: '\"' where ',' or '}' is expected",
                "{ \"Dhcp4\": { \"a\": 1, \"a\": 2 } } | test.conf:2: \"a\" is there twice",
                "{ \"Dhcp4\": maybe }                | test.conf:2: 'maybe' where a value",
                "{ \"Dhcp6\": { } }                  | test.conf:2: expected an object with \"Dhcp4\"",
                "{ } /* never                        | test.conf:2: a comment without its end"
            })
    void aBrokenFileIsRefusedWithItsLine(String text, String message) {
        String refusal = assertThrows(BrokenFileException.class, () -> Samples.read(OtherServer.KEA, "\n" + text))
                .getMessage();
        assertTrue(refusal.startsWith(message), refusal);
    }

    @Test
    void aFileOfLeasesThatIsNoneIsRefusedWithItsLine() {
        String header = "address,hwaddr,client_id,valid_lifetime,expire\n";
        for (String text : List.of("a,b\n", header + "192.0.2.1,52:54:00:00:00:01\n", header + "192.0.2.1,,,x,9\n")) {
            String refusal = assertThrows(
                            BrokenFileException.class,
                            () -> OtherServer.KEA.read(List.of(), List.of(new Source("leases.csv", text)), Samples.NOW))
                    .getMessage();
            assertTrue(refusal.matches("(?s)leases\\.csv:[12]: .*"), refusal);
        }
    }
}
