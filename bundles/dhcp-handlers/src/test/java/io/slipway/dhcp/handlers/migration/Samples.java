package io.slipway.dhcp.handlers.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Files of other servers, which their own programs take: {@code kea-dhcp4 -t}, {@code dhcpd -t}, {@code dnsmasq --test}. */
final class Samples {

    /** 2026-11-28 00:00:00 UTC. */
    static final long NOW = 1_795_824_000;

    private Samples() {}

    static Source of(String name) {
        try (InputStream in = Objects.requireNonNull(Samples.class.getResourceAsStream("/migration/" + name), name)) {
            return new Source(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Site read(OtherServer server, String configuration, String leases) throws BrokenFileException {
        return server.read(List.of(of(configuration)), List.of(of(leases)), NOW);
    }

    static Site read(OtherServer server, String text) throws BrokenFileException {
        return server.read(List.of(new Source("test.conf", text)), List.of(), NOW);
    }

    /** What was left out, a line each. */
    static List<String> losses(Site site) {
        return site.remarks().stream()
                .filter(Remark::isLoss)
                .map(Remark::toString)
                .toList();
    }

    /** What the files of a network or a group say. */
    static String file(Site site, String name) {
        return SiteWriter.configuration(site).stream()
                .filter(file -> file.name().equals(name))
                .map(file -> file.text().replaceFirst("^# .*\n", ""))
                .findFirst()
                .orElse("there are only "
                        + SiteWriter.configuration(site).stream()
                                .map(SiteFile::name)
                                .toList());
    }

    static List<String> leases(Site site) {
        return site.leases().values().stream()
                .map(lease -> lease.address().getHostAddress() + " " + lease.mac() + " " + lease.clientId() + " "
                        + lease.hostName() + " " + lease.end())
                .toList();
    }
}
