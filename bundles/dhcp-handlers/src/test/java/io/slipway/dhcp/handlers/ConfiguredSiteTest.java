package io.slipway.dhcp.handlers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.Machine;
import io.slipway.dhcp.handlers.migration.OtherServer;
import io.slipway.dhcp.handlers.migration.Site;
import io.slipway.dhcp.handlers.migration.SiteFile;
import io.slipway.dhcp.handlers.migration.SiteWriter;
import io.slipway.dhcp.handlers.migration.Source;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfiguredSiteTest {

    private static Site imported(OtherServer server, String file) throws IOException, URISyntaxException {
        Path path = Path.of(
                ConfiguredSiteTest.class.getResource("/migration/" + file).toURI());
        return server.read(List.of(Source.of(path)), List.of(), 1_795_824_000);
    }

    private static Networks served(List<SiteFile> files) {
        return new NetworkSettings()
                .update(files.stream()
                        .map(file -> new ConfigFile(file.kind(), file.label(), file.values()))
                        .toList());
    }

    private static Map<String, String> comparable(List<SiteFile> files) {
        return files.stream()
                .collect(Collectors.toMap(
                        file -> file.kind() + "-" + file.label(),
                        // an option's type is not in its bytes
                        file -> file.values()
                                .toString()
                                .replaceAll("option\\.(22\\d)\\.[a-z-]+=[^=]*(?=, \\w+[.=]|\\})", "option.$1"),
                        (a, b) -> b,
                        TreeMap::new));
    }

    @ParameterizedTest
    @CsvSource({"ISC, dhcpd.conf", "DNSMASQ, dnsmasq.conf", "KEA, kea-dhcp4.conf"})
    void whatIsImportedServesAsItWasAndCanBeSaidAgain(OtherServer server, String file)
            throws IOException, URISyntaxException {
        List<SiteFile> files = SiteWriter.configuration(imported(server, file));
        assertEquals(List.of(), ConfigurationTrial.problemsAmong(files));
        Networks networks = served(files);
        assertEquals(3, networks.subnets().size());
        List<SiteFile> again = SiteWriter.configuration(new ConfiguredSite(() -> networks).site());
        assertEquals(comparable(files), comparable(again));
    }

    @Test
    void aFileThatOverlapsOneThatServesIsAProblem() {
        Networks present = new Networks(List.of(Chain.LAN), List.of(), Level.EMPTY);
        List<SiteFile> files = List.of(
                new SiteFile(SubnetFile.PID, "new", "here", Map.of("subnet", "192.0.2.0/25")),
                new SiteFile(OptionsFile.PID, "", "here", Map.of("leaseTime", "never")));
        List<String> problems = ConfigurationTrial.problems(files, present);
        assertEquals(2, problems.size(), problems.toString());
        assertEquals(
                "etc/io.slipway.dhcp.options.cfg: leaseTime = 'never'; expected a time such as 45s, 30m, 12h or 7d,"
                        + " at least 1s",
                problems.get(0));
    }

    @Test
    void machinesAreHostsOfTheSite() {
        FakeMachines machines = new FakeMachines();
        machines.put(Machine.builder("web-1")
                .mac(Chain.mac(7))
                .address(Chain.ip("192.0.2.7"))
                .dhcpOption("host-name", "www")
                .build());
        ConfiguredSite configured = new ConfiguredSite(() -> Networks.NONE);
        configured.machines = machines;
        assertEquals(
                """
                machines:
                  # machine web-1
                  "web-1":
                    mac: ["%s"]
                    address: ["192.0.2.7"]
                    options:
                      "host-name": "www"
                """.formatted(Chain.mac(7)),
                SiteWriter.machines(configured.site()).get("imported.yaml"));
    }
}
