package io.slipway.dhcp.handlers.migration;

import io.slipway.dhcp.handlers.AddressRange;
import io.slipway.dhcp.handlers.Lease;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that one server is configured to do and has leased, in no server's own words. Filled while files are read. */
public final class Site {

    private final Settings global = new Settings();
    private final List<SiteNetwork> networks = new ArrayList<>();
    private final List<SiteGroup> groups = new ArrayList<>();
    private final List<SiteHost> hosts = new ArrayList<>();
    private final Map<Inet4Address, Lease> leases = new LinkedHashMap<>();
    private final Set<Remark> remarks = new LinkedHashSet<>();

    /** What holds everywhere. */
    public Settings global() {
        return global;
    }

    public List<SiteNetwork> networks() {
        return networks;
    }

    public List<SiteGroup> groups() {
        return groups;
    }

    public List<SiteHost> hosts() {
        return hosts;
    }

    /** Live ones; the last that a file says of an address. */
    public Map<Inet4Address, Lease> leases() {
        return leases;
    }

    /** In the order in which they were made, each once. */
    public Set<Remark> remarks() {
        return remarks;
    }

    /** Something is not here because it could not be said. */
    public void leaveOut(Place place, String what, String why) {
        remarks.add(new Remark(place, what, why, true));
    }

    /** Something is here and is to be looked at. */
    public void note(Place place, String what, String why) {
        remarks.add(new Remark(place, what, why, false));
    }

    /** Sets an option, or remarks why not. */
    void option(Settings settings, Place place, String what, String key, String text) {
        try {
            settings.option(key, text);
        } catch (IllegalArgumentException e) {
            leaveOut(place, what, "expected " + e.getMessage());
        }
    }

    /** What boots without a menu of its own: the file and its server, each perhaps blank. */
    void boot(Settings settings, Place place, String file, String server) {
        if (!file.isBlank()) {
            option(settings, place, "boot file " + file, "boot-file-name", file);
        }
        if (!server.isBlank() && !server.equals("0.0.0.0")) {
            option(settings, place, "boot server " + server, "tftp-server-name", server);
        }
        if (!file.isBlank()) {
            note(
                    place,
                    "boot file " + file,
                    "is told as option 67 where the boot policy says nothing; to let this server choose and serve it,"
                            + " write a profile and a group in etc/boot");
        }
    }

    /** Puts a range where its addresses belong, or remarks why not. */
    void range(Place place, AddressRange addresses, Optional<String> group) {
        Optional<SiteNetwork> around = networks.stream()
                .filter(network -> network.network().contains(addresses.first()))
                .findFirst();
        if (around.isEmpty()) {
            leaveOut(place, "range " + addresses, "no network here has it");
            return;
        }
        around.get().ranges().add(new SiteNetwork.Range(addresses, group));
    }

    Optional<SiteNetwork> networkOf(Inet4Address address) {
        return networks.stream()
                .filter(network -> network.network().contains(address))
                .findFirst();
    }

    Optional<SiteGroup> group(String name) {
        return groups.stream().filter(group -> group.name().equals(name)).findFirst();
    }
}
