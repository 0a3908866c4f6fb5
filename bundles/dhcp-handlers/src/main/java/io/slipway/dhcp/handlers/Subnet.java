package io.slipway.dhcp.handlers;

import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A network that is served, and what its clients are told.
 *
 * @param range the addresses that are leased, less the excluded ones and the routers
 * @param domain option 15
 * @param leaseTime the longest lease
 * @param link the interface on which alone it is served; any when empty
 */
record Subnet(
        Network network,
        AddressRange range,
        List<AddressRange> excluded,
        List<Inet4Address> routers,
        List<Inet4Address> nameServers,
        Optional<String> domain,
        List<Inet4Address> timeServers,
        Duration leaseTime,
        Optional<String> link) {

    Subnet {
        Objects.requireNonNull(domain, "domain");
        Objects.requireNonNull(leaseTime, "leaseTime");
        Objects.requireNonNull(link, "link");
        excluded = List.copyOf(excluded);
        routers = List.copyOf(routers);
        nameServers = List.copyOf(nameServers);
        timeServers = List.copyOf(timeServers);
        if (!network.hosts().contains(range)) {
            throw new IllegalArgumentException("range " + range + " is not within " + network.hosts());
        }
    }

    /** Whether an address may be leased to a client. */
    boolean leases(Inet4Address address) {
        return range.contains(address)
                && !routers.contains(address)
                && excluded.stream().noneMatch(part -> part.contains(address));
    }

    /** Whether any address is left to lease. */
    boolean leasesAny() {
        return LongStream.range(0, range.size()).anyMatch(offset -> leases(range.at(offset)));
    }

    /** Whether requests that come in by an interface may belong here. */
    boolean isServedOn(String name) {
        return link.isEmpty() || link.get().equals(name);
    }
}
