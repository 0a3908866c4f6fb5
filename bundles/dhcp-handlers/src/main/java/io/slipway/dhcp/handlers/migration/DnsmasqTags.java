package io.slipway.dhcp.handlers.migration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What dnsmasq's tags stand for: a network, machines, or clients that have something in common, who become a group. What
 * is said for a tag is said at that level.
 */
final class DnsmasqTags {

    private final Site site;
    private final Map<String, List<SiteNetwork>> networks = new HashMap<>();
    private final Map<String, List<SiteHost>> hosts = new HashMap<>();
    private final Map<String, Map<String, List<String>>> matches = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();

    /** Tags that somewhere must not be: their groups are asked first. */
    private final Set<String> negated = new HashSet<>();

    private final Map<String, SiteGroup> groups = new TreeMap<>();

    DnsmasqTags(Site site) {
        this.site = site;
    }

    void ofNetwork(String tag, SiteNetwork network) {
        networks.computeIfAbsent(tag, none -> new ArrayList<>()).add(network);
    }

    void ofHost(String tag, SiteHost host) {
        hosts.computeIfAbsent(tag, none -> new ArrayList<>()).add(host);
    }

    /** A client of that pattern has the tag; several lines of one tag are alternatives. False when that cannot be said. */
    boolean ofClients(String tag, String subject, String pattern, Place place) {
        Map<String, List<String>> known = matches.computeIfAbsent(tag, none -> new TreeMap<>());
        places.putIfAbsent(tag, place);
        boolean isAlternative = known.isEmpty() || known.containsKey(subject);
        boolean isOneText = Set.of("vendorClass", "userClass", "hostName").contains(subject)
                && known.containsKey(subject)
                && !known.get(subject).contains(pattern);
        if (!isAlternative || isOneText) {
            return false;
        }
        List<String> patterns = known.computeIfAbsent(subject, none -> new ArrayList<>());
        if (!patterns.contains(pattern)) {
            patterns.add(pattern);
        }
        return true;
    }

    void negated(String tag) {
        negated.add(tag);
    }

    /** Where that is said which a line says for its tags; none, and a remark, when there is no such level. */
    List<Settings> levels(DnsmasqLine line) {
        List<String> tags = new ArrayList<>();
        for (String tag : line.tags()) {
            if (!tag.startsWith("!")) {
                tags.add(tag);
            } else if (!matches.containsKey(tag.substring(1))) {
                return none(line, "for those without the tag " + tag.substring(1));
            }
        }
        if (tags.isEmpty()) {
            return List.of(site.global());
        }
        if (tags.size() == 1 && networks.containsKey(tags.get(0))) {
            return networks.get(tags.get(0)).stream().map(SiteNetwork::settings).toList();
        }
        if (tags.size() == 1 && hosts.containsKey(tags.get(0))) {
            return hosts.get(tags.get(0)).stream().map(SiteHost::settings).toList();
        }
        Map<String, List<String>> all = new TreeMap<>();
        for (String tag : tags) {
            Map<String, List<String>> one = matches.get(tag);
            if (one == null) {
                return none(
                        line,
                        "the tag " + tag + " stands for no group here"
                                + (networks.containsKey(tag) ? ", but for a network: groups hold in all" : ""));
            }
            for (Map.Entry<String, List<String>> condition : one.entrySet()) {
                if (all.put(condition.getKey(), condition.getValue()) != null) {
                    return none(line, "two conditions on one fact, " + condition.getKey());
                }
            }
        }
        return List.of(group(tags, all, line.place()).settings());
    }

    private SiteGroup group(List<String> tags, Map<String, List<String>> match, Place place) {
        boolean isFirst = tags.stream().anyMatch(negated::contains);
        String name = Names.word((isFirst ? "0-" : tags.size() > 1 ? "1-" : "") + String.join("-", tags));
        return groups.computeIfAbsent(name, none -> {
            Place where = Optional.ofNullable(places.get(tags.get(0))).orElse(place);
            SiteGroup made = new SiteGroup(where, name, match, new Settings());
            site.groups().add(made);
            return made;
        });
    }

    /** The group of a tag, for a range that is kept for it. */
    Optional<SiteGroup> groupOf(String tag, Place place) {
        return Optional.ofNullable(matches.get(tag)).map(match -> group(List.of(tag), match, place));
    }

    private List<Settings> none(DnsmasqLine line, String why) {
        site.leaveOut(line.place(), line.toString(), why);
        return List.of();
    }
}
