package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.DhcpOptions;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code io.slipway.dhcp.subnet-NAME.cfg}: one subnet. */
final class SubnetFile {

    static final String PID = "io.slipway.dhcp.subnet";

    private static final String RANGE_OF_GROUP = "range.";

    private static final Set<String> KEYS = Stream.concat(
                    LevelKeys.KEYS.stream(),
                    Stream.of(
                            "subnet",
                            "range",
                            "exclude",
                            "routers",
                            "dns",
                            "domain",
                            "ntp",
                            "interface",
                            "sharedNetwork",
                            "relay"))
            .collect(Collectors.toUnmodifiableSet());

    private SubnetFile() {}

    /**
     * @throws IllegalArgumentException the file is refused: the message names it, the key, the value and what was
     *     expected
     */
    static Subnet parse(ConfigFile file) {
        file.requireKnown(KEYS, Set.of(LevelKeys.OPTION, RANGE_OF_GROUP));
        Network network = file.value("subnet").network();
        Set<Inet4Address> routers = Set.copyOf(addresses(file, "routers"));
        return new Subnet(
                file.label(),
                network,
                pools(file, network, routers),
                routers,
                level(file),
                text(file, "sharedNetwork"),
                Set.copyOf(addresses(file, "relay")),
                text(file, "interface"));
    }

    private static List<AddressPool> pools(ConfigFile file, Network network, Set<Inet4Address> routers) {
        List<AddressRange> excluded = new ArrayList<>();
        file.list("exclude").forEach(value -> excluded.add(value.range()));
        routers.forEach(router -> excluded.add(new AddressRange(router, router)));
        List<AddressPool> pools = new ArrayList<>();
        for (ConfigValue value : file.list("range")) {
            add(value, network, Optional.empty(), excluded, pools);
        }
        for (ConfigValue ofGroup : file.startingWith(RANGE_OF_GROUP)) {
            String group = ofGroup.key().substring(RANGE_OF_GROUP.length());
            for (ConfigValue value : file.list(ofGroup.key())) {
                add(value, network, Optional.of(group), excluded, pools);
            }
        }
        if (!pools.isEmpty() && pools.stream().allMatch(pool -> pool.size() == 0)) {
            throw file.value("exclude")
                    .refused("at least one address of " + AddressPool.text(pools) + " left to lease, routers aside");
        }
        return pools;
    }

    private static void add(
            ConfigValue value,
            Network network,
            Optional<String> group,
            List<AddressRange> excluded,
            List<AddressPool> pools) {
        AddressRange range = value.range();
        if (!network.hosts().contains(range)) {
            throw value.refused("addresses of subnet = " + network + ", within " + network.hosts());
        }
        for (AddressPool other : pools) {
            if (other.range().overlaps(range)) {
                throw value.refused("a range that does not overlap " + other);
            }
        }
        pools.add(new AddressPool(range, group, excluded));
    }

    /** The short keys of old are options like any other. */
    private static Level level(ConfigFile file) {
        Level level = LevelKeys.parse(file);
        ConfiguredOptions options = level.options();
        options = LevelKeys.with(options, DhcpOptions.ROUTERS, addresses(file, "routers"), file.value("routers"));
        options = LevelKeys.with(options, DhcpOptions.DOMAIN_NAME_SERVERS, addresses(file, "dns"), file.value("dns"));
        options = LevelKeys.with(options, DhcpOptions.NTP_SERVERS, addresses(file, "ntp"), file.value("ntp"));
        Optional<String> domain = text(file, "domain");
        if (domain.isPresent()) {
            options = LevelKeys.with(options, DhcpOptions.DOMAIN_NAME, domain.get(), file.value("domain"));
        }
        return new Level(level.leaseTimes(), options);
    }

    /** In order, each once. */
    private static List<Inet4Address> addresses(ConfigFile file, String key) {
        Set<Inet4Address> addresses = new LinkedHashSet<>();
        file.list(key).forEach(value -> addresses.add(value.address()));
        return List.copyOf(addresses);
    }

    private static Optional<String> text(ConfigFile file, String key) {
        return file.present(key).map(value -> value.text().strip());
    }
}
