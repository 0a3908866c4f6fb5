package io.slipway.dhcp.handlers.migration;

import io.slipway.dhcp.handlers.AddressRange;
import io.slipway.dhcp.handlers.Network;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A network, and what is leased of it. Filled while a file is read. */
public final class SiteNetwork {

    /**
     * Addresses to lease.
     *
     * @param group whose members alone get them
     */
    public record Range(AddressRange addresses, Optional<String> group) {
        public Range {
            Objects.requireNonNull(addresses, "addresses");
            Objects.requireNonNull(group, "group");
        }
    }

    private final Place place;
    private final Network network;
    private final Settings settings = new Settings();
    private final List<Range> ranges = new ArrayList<>();
    private final Set<Inet4Address> relays = new LinkedHashSet<>();
    private String name;
    private Optional<String> sharedNetwork = Optional.empty();
    private Optional<String> link = Optional.empty();

    public SiteNetwork(Place place, Network network) {
        this.place = place;
        this.network = network;
        this.name = network.toString().replace('/', '-');
    }

    public Place place() {
        return place;
    }

    public Network network() {
        return network;
    }

    public Settings settings() {
        return settings;
    }

    public List<Range> ranges() {
        return ranges;
    }

    public Set<Inet4Address> relays() {
        return relays;
    }

    public String name() {
        return name;
    }

    public void name(String text) {
        name = text;
    }

    /** The word that all networks of one wire have. */
    public Optional<String> sharedNetwork() {
        return sharedNetwork;
    }

    public void sharedNetwork(Optional<String> word) {
        sharedNetwork = word;
    }

    /** The interface on which alone it is served. */
    public Optional<String> link() {
        return link;
    }

    public void link(Optional<String> only) {
        link = only;
    }
}
