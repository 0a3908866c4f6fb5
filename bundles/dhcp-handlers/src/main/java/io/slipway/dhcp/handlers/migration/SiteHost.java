package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.MachineIdentity;
import java.net.Inet4Address;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/** One machine: what it is told by, and what is reserved for it. Filled while a file is read. */
public final class SiteHost {

    private final Place place;
    private final String name;
    private final Set<MachineIdentity> identities = new LinkedHashSet<>();
    private final Set<Inet4Address> addresses = new LinkedHashSet<>();
    private final Settings settings = new Settings();

    public SiteHost(Place place, String name) {
        this.place = Objects.requireNonNull(place, "place");
        this.name = Objects.requireNonNull(name, "name");
    }

    public Place place() {
        return place;
    }

    public String name() {
        return name;
    }

    public Set<MachineIdentity> identities() {
        return identities;
    }

    public Set<Inet4Address> addresses() {
        return addresses;
    }

    public Settings settings() {
        return settings;
    }
}
