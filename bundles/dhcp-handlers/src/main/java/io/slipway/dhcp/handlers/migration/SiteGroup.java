package io.slipway.dhcp.handlers.migration;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Clients that have something in common.
 *
 * @param match patterns by what they are about: {@code vendorClass}, {@code arch} …; each with one of its patterns
 */
public record SiteGroup(Place place, String name, Map<String, List<String>> match, Settings settings) {
    public SiteGroup {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
        match = new TreeMap<>(match);
        Objects.requireNonNull(settings, "settings");
    }
}
