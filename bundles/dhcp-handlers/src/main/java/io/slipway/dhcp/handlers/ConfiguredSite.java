package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.boot.Machines;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.handlers.migration.Place;
import io.slipway.dhcp.handlers.migration.Settings;
import io.slipway.dhcp.handlers.migration.Site;
import io.slipway.dhcp.handlers.migration.SiteGroup;
import io.slipway.dhcp.handlers.migration.SiteHost;
import io.slipway.dhcp.handlers.migration.SiteNetwork;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What this server is configured to do, as another server could be told. */
@Component(service = ConfiguredSite.class)
public final class ConfiguredSite {

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile Machines machines;

    private final Supplier<Networks> configured;

    @Activate
    public ConfiguredSite(@Reference NetworkFiles files) {
        this(files::networks);
    }

    ConfiguredSite(Supplier<Networks> configured) {
        this.configured = configured;
    }

    /** As it is now. */
    public Site site() {
        Networks networks = configured.get();
        Site site = new Site();
        fill(site.global(), networks.global());
        for (Group group : networks.groups()) {
            Place place = new Place(new ConfigFile(GroupFile.PID, group.name(), Map.of()).name(), 0);
            SiteGroup one = new SiteGroup(place, group.name(), conditions(group), new Settings());
            fill(one.settings(), group.level());
            site.groups().add(one);
        }
        for (Subnet subnet : networks.subnets()) {
            site.networks().add(network(subnet));
        }
        Optional.ofNullable(machines).ifPresent(known -> known.all().stream()
                .sorted(Comparator.comparing(Machine::name))
                .forEach(machine -> site.hosts().add(host(machine, site))));
        return site;
    }

    /** The network that serves an address. */
    public Optional<Network> networkOf(Inet4Address address) {
        return configured.get().subnets().stream()
                .map(Subnet::network)
                .filter(network -> network.contains(address))
                .findFirst();
    }

    private static Map<String, List<String>> conditions(Group group) {
        Map<String, List<String>> match = new TreeMap<>();
        for (Membership.Condition condition : group.members().conditions()) {
            List<String> patterns = new ArrayList<>();
            condition.patterns().forEach(pattern -> patterns.add(pattern.written()));
            match.put(condition.subject().key(), patterns);
        }
        return match;
    }

    private static SiteNetwork network(Subnet subnet) {
        Place place = new Place(new ConfigFile(SubnetFile.PID, subnet.name(), Map.of()).name(), 0);
        SiteNetwork network = new SiteNetwork(place, subnet.network());
        network.name(subnet.name());
        network.sharedNetwork(subnet.sharedNetwork());
        network.link(subnet.link());
        network.relays().addAll(subnet.relays());
        fill(network.settings(), subnet.level());
        for (AddressPool pool : subnet.pools()) {
            pool.parts().forEach(part -> network.ranges().add(new SiteNetwork.Range(part, pool.group())));
        }
        return network;
    }

    private static SiteHost host(Machine machine, Site site) {
        SiteHost host = new SiteHost(new Place("machine " + machine.name(), 0), machine.name());
        host.identities().addAll(machine.identities());
        machine.addresses().forEach(address -> {
            if (address instanceof Inet4Address ours) {
                host.addresses().add(ours);
            }
        });
        machine.dhcpOptions().forEach((name, value) -> {
            try {
                host.settings().option(name, value);
            } catch (IllegalArgumentException e) {
                site.leaveOut(host.place(), "option " + name, "expected " + e.getMessage());
            }
        });
        machine.leaseTime().ifPresent(time -> host.settings().time(Settings.LEASE_TIME, time.toSeconds()));
        return host;
    }

    private static void fill(Settings settings, Level level) {
        level.options().values().forEach(settings::option);
        level.options()
                .always()
                .forEach(code -> settings.always(
                        DhcpOptions.of(code).map(DhcpOption::name).orElse(String.valueOf(code))));
        LeaseTimes times = level.leaseTimes();
        times.longest().ifPresent(time -> settings.time(Settings.LEASE_TIME, time.toSeconds()));
        times.shortest().ifPresent(time -> settings.time(Settings.MIN_LEASE_TIME, time.toSeconds()));
        times.boot().ifPresent(time -> settings.time(Settings.BOOT_LEASE_TIME, time.toSeconds()));
    }
}
