package io.slipway.dhcp.handlers.migration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A DHCP server that sites move from. */
@SuppressWarnings("ImmutableEnumChecker") // it cannot know that the readers hold nothing
public enum OtherServer {
    ISC(IscReader::read, IscLeases::read),
    DNSMASQ(DnsmasqReader::read, DnsmasqLeases::read),
    KEA(KeaReader::read, KeaLeases::read);

    @FunctionalInterface
    private interface Configuration {
        void read(Source source, Site site) throws BrokenFileException;
    }

    @FunctionalInterface
    private interface LeaseFile {
        void read(Source source, Site site, long now) throws BrokenFileException;
    }

    private final Configuration configuration;
    private final LeaseFile leaseFile;

    OtherServer(Configuration configuration, LeaseFile leaseFile) {
        this.configuration = configuration;
        this.leaseFile = leaseFile;
    }

    /**
     * Reads all of it.
     *
     * @param now seconds since 1970
     * @throws BrokenFileException a file is not of its format
     */
    public Site read(List<Source> configurations, List<Source> leases, long now) throws BrokenFileException {
        Site site = new Site();
        for (Source source : configurations) {
            configuration.read(source, site);
        }
        SiteTidying.tidy(site);
        for (Source source : leases) {
            leaseFile.read(source, site, now);
        }
        return site;
    }

    public static Optional<OtherServer> named(String name) {
        return Arrays.stream(values())
                .filter(server -> server.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** What {@link #named} knows. */
    public static List<String> names() {
        return Arrays.stream(values()).map(OtherServer::toString).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
