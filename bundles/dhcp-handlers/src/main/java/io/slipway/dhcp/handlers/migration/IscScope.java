package io.slipway.dhcp.handlers.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a statement of ISC dhcpd's configuration applies to.
 *
 * @param settings what is said here
 * @param around what is said around here, the nearest first, without what holds everywhere
 * @param conditions who is meant, within a class or an "if"
 * @param isEverywhere whether it is neither within a network, a group of hosts nor a host
 */
record IscScope(
        Settings settings,
        List<Settings> around,
        Optional<SiteNetwork> network,
        Optional<String> sharedNetwork,
        Optional<SiteHost> host,
        Map<String, List<String>> conditions,
        boolean isEverywhere) {

    IscScope {
        Objects.requireNonNull(settings, "settings");
        around = List.copyOf(around);
        conditions = Map.copyOf(conditions);
    }

    static IscScope global(Settings settings) {
        return new IscScope(settings, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), true);
    }

    IscScope ofNetwork(SiteNetwork inner) {
        return new IscScope(
                inner.settings(), levels(), Optional.of(inner), sharedNetwork, Optional.empty(), conditions, false);
    }

    IscScope ofSharedNetwork(String name, Settings inner) {
        return new IscScope(inner, levels(), network, Optional.of(name), host, conditions, false);
    }

    /** Of a group of hosts. */
    IscScope ofGroup(Settings inner) {
        return new IscScope(inner, levels(), network, sharedNetwork, host, conditions, false);
    }

    IscScope ofHost(SiteHost inner) {
        return new IscScope(
                inner.settings(), levels(), Optional.empty(), Optional.empty(), Optional.of(inner), conditions, false);
    }

    IscScope ofClass(Map<String, List<String>> who, Settings inner) {
        return new IscScope(inner, List.of(), Optional.empty(), Optional.empty(), Optional.empty(), who, true);
    }

    /** These settings and those around, but what holds everywhere. */
    private List<Settings> levels() {
        if (isEverywhere) {
            return List.of();
        }
        List<Settings> levels = new ArrayList<>(List.of(settings));
        levels.addAll(around);
        return levels;
    }
}
