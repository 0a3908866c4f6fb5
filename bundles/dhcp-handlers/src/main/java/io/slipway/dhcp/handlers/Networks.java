package io.slipway.dhcp.handlers;

import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** All that is configured of networks, as it is at one moment. Immutable. */
final class Networks {

    static final Networks NONE = new Networks(List.of(), List.of(), Level.EMPTY);

    private final List<Subnet> subnets;
    private final List<Group> groups;
    private final Level global;
    private final NavigableMap<Long, Subnet> byFirst = new TreeMap<>();
    private final Map<Inet4Address, Subnet> byRelay = new HashMap<>();
    private final Map<String, List<Subnet>> neighbours = new HashMap<>();

    /**
     * @param subnets whose networks do not overlap
     */
    Networks(Collection<Subnet> subnets, Collection<Group> groups, Level global) {
        this.subnets =
                subnets.stream().sorted(Comparator.comparing(Subnet::name)).toList();
        this.groups = groups.stream().sorted(Comparator.comparing(Group::name)).toList();
        this.global = Objects.requireNonNull(global, "global");
        for (Subnet subnet : this.subnets) {
            byFirst.put(AddressRange.number(subnet.network().address()), subnet);
            subnet.relays().forEach(relay -> byRelay.putIfAbsent(relay, subnet));
            neighbours.put(subnet.name(), sharing(subnet));
        }
    }

    private List<Subnet> sharing(Subnet first) {
        List<Subnet> sharing = new ArrayList<>(List.of(first));
        subnets.stream()
                .filter(other -> !other.name().equals(first.name())
                        && first.sharedNetwork().isPresent()
                        && first.sharedNetwork().equals(other.sharedNetwork()))
                .forEach(sharing::add);
        return List.copyOf(sharing);
    }

    /** By name. */
    List<Subnet> subnets() {
        return subnets;
    }

    /** By name. */
    List<Group> groups() {
        return groups;
    }

    Level global() {
        return global;
    }

    /** The subnet whose network an address lies in, else the one that names it as a relay agent's. */
    Optional<Subnet> around(Inet4Address address) {
        return Optional.ofNullable(byFirst.floorEntry(AddressRange.number(address)))
                .map(Map.Entry::getValue)
                .filter(subnet -> subnet.network().contains(address))
                .or(() -> Optional.ofNullable(byRelay.get(address)));
    }

    /** A subnet, and behind it those on the same wire, by name. */
    List<Subnet> sharedNetworkOf(Subnet subnet) {
        return neighbours.getOrDefault(subnet.name(), List.of(subnet));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Networks networks
                && subnets.equals(networks.subnets)
                && groups.equals(networks.groups)
                && global.equals(networks.global);
    }

    @Override
    public int hashCode() {
        return Objects.hash(subnets, groups, global);
    }
}
