package io.slipway.dhcp.handlers.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsmasqReaderTest {

    private static Site sample() throws BrokenFileException {
        return Samples.read(OtherServer.DNSMASQ, "dnsmasq.conf", "dnsmasq.leases");
    }

    @Test
    void aRangeIsANetworkAndItsTagSaysItsOptions() throws BrokenFileException {
        assertEquals("""
                leaseTime = 12h
                option.routers = 192.0.2.1
                range = 192.0.2.100-192.0.2.199
                subnet = 192.0.2.0/24
                """, Samples.file(sample(), "io.slipway.dhcp.subnet-192.0.2.0-24.cfg"));
        assertEquals("subnet = 203.0.113.0/24\n", Samples.file(sample(), "io.slipway.dhcp.subnet-203.0.113.0-24.cfg"));
    }

    @Test
    void aNetworkWithoutAMaskIsGuessedAndTold() throws BrokenFileException {
        String remarks = sample().remarks().toString();
        assertTrue(remarks.contains("dnsmasq.conf:7: ") && remarks.contains("198.51.100.0/24 is a guess"), remarks);
    }

    @Test
    void whatHoldsEverywhereIsInTheOptionsFile() throws BrokenFileException {
        assertEquals("""
                always = pxelinux-magic
                option.224.string = blue, green
                option.classless-static-routes = 10.0.0.0/8 via 192.0.2.1, 0.0.0.0/0 via 192.0.2.1
                option.domain-name = lab.example
                option.domain-name-servers = 192.0.2.2, 192.0.2.3
                option.pxelinux-magic = f1:00:74:7e
                """, Samples.file(sample(), "io.slipway.dhcp.options.cfg"));
    }

    @Test
    void matchesAreGroupsAndThatWhichOthersExcludeIsAskedFirst() throws BrokenFileException {
        Site site = sample();
        assertEquals("""
                match.arch = 7, 9
                option.boot-file-name = shimx64.efi
                option.tftp-server-name = 192.0.2.9
                """, Samples.file(site, "io.slipway.dhcp.group-efi64.cfg"));
        assertEquals("""
                match.userClass = iPXE
                option.boot-file-name = http://192.0.2.9/menu.ipxe
                """, Samples.file(site, "io.slipway.dhcp.group-0-ipxe.cfg"));
        assertEquals("""
                match.vendorClass = *phone*
                option.tftp-server-name = 192.0.2.8
                """, Samples.file(site, "io.slipway.dhcp.group-phone.cfg"));
    }

    @Test
    void hostsAreMachines() throws BrokenFileException {
        assertEquals("""
                machines:
                  # dnsmasq.conf:15
                  "web-1":
                    mac: ["52:54:00:12:34:56"]
                    address: ["192.0.2.20"]
                    leaseTime: 4294967294s
                    options:
                      "host-name": "web-1"
                  # dnsmasq.conf:16
                  "52-54-00-12-34-57":
                    mac: ["52:54:00:12:34:57", "52:54:00:12:34:58"]
                    address: ["192.0.2.21"]
                    options:
                      "host-name": "www"
                  # dnsmasq.conf:17
                  "node-9":
                    clientId: ["0x01525400123459"]
                    address: ["192.0.2.22"]
                    options:
                      "host-name": "node-9"
                """, SiteWriter.machines(sample()).get("imported.yaml"));
    }

    @Test
    void leasesAreTakenWhileTheyAreLive() throws BrokenFileException {
        assertEquals(
                List.of(
                        "192.0.2.100 52:54:00:aa:00:01 01525400aa0001 node-1 4102444800",
                        "192.0.2.101 52:54:00:aa:00:02   4294967294"),
                Samples.leases(sample()));
    }

    @Test
    void whatIsLeftOutIsToldWithItsLine() throws BrokenFileException {
        assertEquals(
                List.of(
                        "dnsmasq.conf:18: dhcp-host=52:54:00:00:00:01,ignore: who is not served stands in deny of"
                                + " etc/io.slipway.dhcp.allow.cfg",
                        "dnsmasq.conf:2: domain-needed: not about DHCP",
                        "dnsmasq.conf:29: dhcp-lease-max=500: the ranges say how many leases there are"),
                Samples.losses(sample()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dhcp-option=option:nosuch,1             | no such option",
                "dhcp-option=3,0.0.0.0                   | write its address",
                "dhcp-option=vendor:PXEClient,6,2b       | options within options",
                "dhcp-option=tag:nowhere,3,192.0.2.1     | stands for no group here",
                "dhcp-option=tag:!known,3,192.0.2.1      | without the tag known",
                "dhcp-range=2001:db8::1,2001:db8::9,64   | DHCPv6",
                "dhcp-range=192.0.2.0,proxy              | mode = proxy",
                "dhcp-range=192.0.2.9,192.0.2.1          | comes after",
                "dhcp-host=web-1,192.0.2.9               | nothing tells the machine",
                "dhcp-host=52:54:00:*:*:*,192.0.2.9      | is not understood",
                "dhcp-match=set:a,option:client-arch,efi | groups do not look at that",
                "conf-dir=/etc/dnsmasq.d                 | are not read",
                "pxe-service=x86PC,\"Boot\",pxelinux     | there is nothing like it here",
                "server=192.0.2.53                       | not about DHCP"
            })
    void whatCannotBeSaidIsNeverPassedOverInSilence(String text, String why) throws BrokenFileException {
        String losses =
                Samples.losses(Samples.read(OtherServer.DNSMASQ, "\n" + text)).toString();
        assertTrue(losses.startsWith("[test.conf:2: ") && losses.contains(why), losses);
    }

    @Test
    void aBrokenFileIsRefusedWithItsLine() {
        for (String text : List.of("dhcp-option=3,\"192.0.2.1", "subnet 192.0.2.0 {", "= 7")) {
            String refusal = assertThrows(
                            BrokenFileException.class, () -> Samples.read(OtherServer.DNSMASQ, "\n" + text))
                    .getMessage();
            assertTrue(refusal.startsWith("test.conf:2: "), refusal);
        }
    }
}
