package io.slipway.dhcp.handlers;

import java.net.Inet4Address;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A network that is served, and what its clients are told.
 *
 * @param name of its file: {@code lan} of {@code io.slipway.dhcp.subnet-lan.cfg}
 * @param pools the addresses that are leased, less the excluded ones and the routers; none where all are reserved
 * @param routers never leased
 * @param sharedNetwork the wire that it shares with every subnet of the same word
 * @param relays relay agents' and links' addresses outside of the network whose clients belong here
 * @param link the interface on which alone it is served; any when empty
 */
record Subnet(
        String name,
        Network network,
        List<AddressPool> pools,
        Set<Inet4Address> routers,
        Level level,
        Optional<String> sharedNetwork,
        Set<Inet4Address> relays,
        Optional<String> link) {

    Subnet {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(level, "level");
        Objects.requireNonNull(sharedNetwork, "sharedNetwork");
        Objects.requireNonNull(link, "link");
        pools = List.copyOf(pools);
        routers = Set.copyOf(routers);
        relays = Set.copyOf(relays);
        for (AddressPool pool : pools) {
            if (!network.hosts().contains(pool.range())) {
                throw new IllegalArgumentException("range " + pool.range() + " is not within " + network.hosts());
            }
        }
    }

    /** The lease times of this level alone. {@link Levels} has those of a client. */
    LeaseTimes leaseTimes() {
        return level.leaseTimes();
    }

    /** Whether an address may be leased to a client, if need be to a member of a group. */
    boolean leases(Inet4Address address) {
        return pools.stream().anyMatch(pool -> pool.contains(address));
    }

    /** Whether requests that come in by an interface may belong here. */
    boolean isServedOn(String name) {
        return link.isEmpty() || link.get().equals(name);
    }

    /** Cheap, as the subnet is a key for each packet; names are unique. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }
}
