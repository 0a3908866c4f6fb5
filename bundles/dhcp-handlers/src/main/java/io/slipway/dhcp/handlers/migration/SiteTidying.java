package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.MachineIdentity;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes of what several places say one thing that this server takes: names that differ, machines that are one. */
final class SiteTidying {

    private final Site site;

    private SiteTidying(Site site) {
        this.site = site;
    }

    static void tidy(Site site) {
        SiteTidying tidying = new SiteTidying(site);
        tidying.hosts();
        tidying.networks();
        tidying.groups();
        tidying.times(site.global(), new Place("global settings", 0));
        site.networks().forEach(network -> tidying.times(network.settings(), network.place()));
        site.groups().forEach(group -> tidying.times(group.settings(), group.place()));
    }

    private void hosts() {
        Map<MachineIdentity, SiteHost> known = new HashMap<>();
        Map<Inet4Address, SiteHost> holders = new HashMap<>();
        List<SiteHost> kept = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SiteHost host : site.hosts()) {
            if (host.identities().isEmpty()) {
                site.leaveOut(host.place(), "host " + host.name(), "nothing tells it from others");
                continue;
            }
            Optional<SiteHost> same = host.identities().stream()
                    .filter(known::containsKey)
                    .map(known::get)
                    .findFirst();
            if (same.isPresent()) {
                site.note(
                        host.place(),
                        "host " + host.name(),
                        "is the same machine as " + same.get().name() + " ("
                                + same.get().place() + ") and becomes one with it");
                host.settings().options().forEach((name, value) -> different(same.get(), host, name, value));
                same.get().settings().inherit(host.settings());
            }
            SiteHost target = same.orElseGet(() -> unique(host, names));
            if (same.isEmpty()) {
                kept.add(target);
            }
            for (MachineIdentity identity : host.identities()) {
                if (known.putIfAbsent(identity, target) == null) {
                    target.identities().add(identity);
                }
            }
            for (Inet4Address address : List.copyOf(host.addresses())) {
                SiteHost holder = holders.putIfAbsent(address, target);
                if (holder == null || holder == target) {
                    target.addresses().add(address);
                } else {
                    target.addresses().remove(address);
                    site.leaveOut(
                            host.place(),
                            "address " + address.getHostAddress() + " of host " + host.name(),
                            "is reserved for " + holder.name() + " already (" + holder.place() + ")");
                }
            }
        }
        site.hosts().clear();
        site.hosts().addAll(kept);
    }

    private void different(SiteHost first, SiteHost second, String name, String value) {
        String before = first.settings().options().get(name);
        if (before != null && !before.equals(value)) {
            site.leaveOut(
                    second.place(), "option " + name + " = " + value, "the same machine has " + before + " already");
        }
    }

    private SiteHost unique(SiteHost host, Set<String> names) {
        if (names.add(host.name())) {
            return host;
        }
        int number = 2;
        while (!names.add(host.name() + "-" + number)) {
            number++;
        }
        SiteHost renamed = new SiteHost(host.place(), host.name() + "-" + number);
        renamed.identities().addAll(host.identities());
        renamed.addresses().addAll(host.addresses());
        renamed.settings().inherit(host.settings());
        site.note(host.place(), "host " + host.name(), "another has that name; it is " + renamed.name() + " here");
        return renamed;
    }

    private void networks() {
        Set<String> names = new HashSet<>();
        for (SiteNetwork network : site.networks()) {
            if (!names.add(network.name().toLowerCase(Locale.ROOT))) {
                network.name(network.network().toString().replace('/', '-'));
                names.add(network.name());
            }
        }
        Set<String> groups = new HashSet<>();
        site.groups().forEach(group -> groups.add(group.name()));
        for (SiteNetwork network : site.networks()) {
            network.ranges().removeIf(range -> {
                boolean isLost =
                        range.group().filter(group -> !groups.contains(group)).isPresent();
                if (isLost) {
                    site.leaveOut(
                            network.place(),
                            "range " + range.addresses(),
                            "it is kept for " + range.group().orElse("") + ", which is no group here");
                }
                return isLost;
            });
        }
    }

    private void groups() {
        Set<String> names = new HashSet<>();
        site.groups().removeIf(group -> {
            boolean isTwice = !names.add(group.name().toLowerCase(Locale.ROOT));
            if (isTwice) {
                site.leaveOut(group.place(), "class " + group.name(), "another has that name");
            }
            return isTwice;
        });
    }

    private void times(Settings settings, Place place) {
        Optional<Long> least = settings.time(Settings.MIN_LEASE_TIME);
        Optional<Long> most = settings.time(Settings.LEASE_TIME);
        if (least.isPresent() && most.isPresent() && least.get() > most.get()) {
            settings.dropTime(Settings.MIN_LEASE_TIME);
            site.leaveOut(place, "shortest lease " + least.get(), "it is longer than leaseTime, " + most.get());
        }
    }
}
