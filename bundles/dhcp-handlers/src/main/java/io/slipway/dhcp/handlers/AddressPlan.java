package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The subnets and pools that are configured, as an operator asks about them. */
@Component(service = AddressPlan.class)
public final class AddressPlan {

    private static final Pattern PREFIX = Pattern.compile("\\d|[12]\\d|3[0-2]");

    private final Supplier<Networks> networks;
    private final Leases leases;

    @Activate
    public AddressPlan(@Reference NetworkFiles files, @Reference Leases leases) {
        this(files::networks, leases);
    }

    AddressPlan(Supplier<Networks> networks, Leases leases) {
        this.networks = networks;
        this.leases = leases;
    }

    /** The names of all subnets, sorted. */
    public List<String> subnets() {
        return networks.get().subnets().stream().map(Subnet::name).toList();
    }

    /** In which subnet an address lies, if in any. */
    public Optional<AddressPlace> place(Inet4Address address) {
        return subnetOf(networks.get(), address)
                .map(subnet -> new AddressPlace(
                        subnet.name(),
                        subnet.network().toString(),
                        subnet.pools().stream()
                                .filter(pool -> pool.contains(address))
                                .map(AddressPool::toString)
                                .findFirst(),
                        unfit(subnet, address)));
    }

    /**
     * What an operator names: a subnet by its name, a network such as 192.0.2.0/24, a range such as 192.0.2.10-192.0.2.20,
     * or one address.
     *
     * @throws IllegalArgumentException it is none of these
     */
    public Predicate<Inet4Address> within(String text) {
        Networks now = networks.get();
        Optional<Subnet> named = now.subnets().stream()
                .filter(subnet -> subnet.name().equals(text))
                .findFirst();
        if (named.isPresent()) {
            return named.get().network()::contains;
        }
        int slash = text.indexOf('/');
        try {
            return slash < 0 ? AddressRange.parse(text)::contains : network(text, slash);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "'; expected a network such as 192.0.2.0/24, a range such as 192.0.2.10-192.0.2.20, an"
                            + " address, or one of the subnets " + String.join(", ", subnets()),
                    e);
        }
    }

    private static Predicate<Inet4Address> network(String text, int slash) {
        String prefix = text.substring(slash + 1);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix length '" + prefix + "'; expected 0 to 32");
        }
        // A long, whose shift by 32 is no shift by 0.
        int mask = (int) (-1L << (32 - Integer.parseInt(prefix)));
        int wanted = Addresses.bits(Addresses.parse(text.substring(0, slash))) & mask;
        return address -> (Addresses.bits(address) & mask) == wanted;
    }

    /**
     * What every pool is used for now, by subnet, and what is reserved outside of pools.
     *
     * @param machines whose addresses are reserved
     */
    public List<PoolState> pools(Collection<Machine> machines) {
        Networks now = networks.get();
        Map<String, Set<Integer>> reserved = new HashMap<>();
        for (Machine machine : machines) {
            for (InetAddress address : machine.addresses()) {
                if (address instanceof Inet4Address ours) {
                    subnetOf(now, ours)
                            .ifPresent(subnet -> reserved.computeIfAbsent(subnet.name(), name -> new LinkedHashSet<>())
                                    .add(Addresses.bits(ours)));
                }
            }
        }
        List<PoolState> states = new ArrayList<>();
        for (Subnet subnet : now.subnets()) {
            states.addAll(leases.desk().pools(subnet, reserved.getOrDefault(subnet.name(), Set.of())));
        }
        return states;
    }

    private static Optional<Subnet> subnetOf(Networks now, Inet4Address address) {
        return now.around(address).filter(subnet -> subnet.network().contains(address));
    }

    private static Optional<String> unfit(Subnet subnet, Inet4Address address) {
        String where = " of subnet " + subnet.name() + " (" + subnet.network() + ")";
        if (address.equals(subnet.network().address())) {
            return Optional.of("the network address" + where);
        }
        if (address.equals(subnet.network().broadcast())) {
            return Optional.of("the broadcast address" + where);
        }
        return subnet.routers().contains(address) ? Optional.of("a router" + where) : Optional.empty();
    }
}
