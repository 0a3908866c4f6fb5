package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.MacAddress;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.handlers.AddressRange;
import io.slipway.dhcp.handlers.Network;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Translates a configuration of dnsmasq. */
final class DnsmasqReader {

    private static final String ADDRESS = "\\d{1,3}(\\.\\d{1,3}){3}";
    private static final String TIME = "\\d{1,9}[smhdwSMHDW]?|infinite";
    private static final Map<String, Long> UNITS =
            Map.of("", 1L, "s", 1L, "m", 60L, "h", 3600L, "d", 86400L, "w", 604800L);

    /** What is so here anyway, or tells nothing of addresses and options. */
    private static final Set<String> NOTHING_TO_DO = Set.of(
            "dhcp-authoritative",
            "log-dhcp",
            "log-queries",
            "log-facility",
            "log-async",
            "user",
            "group",
            "pid-file",
            "keep-in-foreground",
            "no-daemon",
            "bind-interfaces",
            "bind-dynamic",
            "dhcp-leasefile",
            "leasefile-ro",
            "dhcp-no-override",
            "quiet-dhcp",
            "no-ping",
            "dhcp-broadcast",
            "dhcp-sequential-ip");

    private static final Set<String> OF_DHCP = Set.of(
            "conf-file",
            "conf-dir",
            "read-ethers",
            "pxe-service",
            "pxe-prompt",
            "enable-ra",
            "bootp-dynamic",
            "tag-if",
            "shared-network",
            "script-arp");

    private final Source source;
    private final Site site;
    private final DnsmasqTags tags;
    private final DnsmasqOptions options;

    private DnsmasqReader(Source source, Site site) {
        this.source = source;
        this.site = site;
        this.tags = new DnsmasqTags(site);
        this.options = new DnsmasqOptions(site, tags);
    }

    static void read(Source source, Site site) throws BrokenFileException {
        DnsmasqReader reader = new DnsmasqReader(source, site);
        List<DnsmasqLine> lines = reader.lines();
        lines.forEach(reader::tag);
        List<DnsmasqLine> others = new ArrayList<>();
        // A line may speak of a tag that a later one gives.
        for (DnsmasqLine line : lines) {
            switch (line.key()) {
                case "dhcp-range" -> reader.range(line);
                case "dhcp-host" -> reader.host(line);
                default -> others.add(line);
            }
        }
        others.forEach(reader::line);
        reader.tellDefaults(lines);
    }

    private List<DnsmasqLine> lines() throws BrokenFileException {
        List<DnsmasqLine> lines = new ArrayList<>();
        String[] texts = source.text().split("\r?\n", -1);
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i].replaceFirst("(^|\\s)#.*$", "").strip();
            if (text.chars().filter(c -> c == '"').count() % 2 != 0) {
                throw new BrokenFileException(source.at(i + 1), "a quote that is not closed: " + text);
            }
            if (!text.isEmpty() && !text.matches("(--)?[A-Za-z0-9-]+\\s*(=.*)?")) {
                throw new BrokenFileException(source.at(i + 1), "'" + text + "' is no line of dnsmasq's configuration");
            }
            if (!text.isEmpty()) {
                lines.add(DnsmasqLine.of(source.at(i + 1), text));
            }
        }
        return lines;
    }

    /** What gives clients a tag by what they say. */
    private void tag(DnsmasqLine line) {
        line.tags().stream().filter(tag -> tag.startsWith("!")).forEach(tag -> tags.negated(tag.substring(1)));
        Optional<String> subject = Optional.ofNullable(Map.of(
                        "dhcp-mac", "mac",
                        "dhcp-vendorclass", "vendorClass",
                        "dhcp-userclass", "userClass",
                        "dhcp-circuitid", "circuitId",
                        "dhcp-remoteid", "remoteId",
                        "dhcp-match", "")
                .get(line.key()));
        if (subject.isEmpty()) {
            return;
        }
        if (line.sets().size() != 1 || !line.tags().isEmpty()) {
            leaveOut(line, "expected one set:TAG");
            return;
        }
        Optional<String> key = line.key().equals("dhcp-match") ? matched(line.value(0)) : subject;
        Optional<String> pattern = key.flatMap(known -> pattern(known, line));
        if (pattern.isEmpty()) {
            leaveOut(line, "groups do not look at that");
        } else if (!tags.ofClients(line.sets().get(0), key.get(), pattern.get(), line.place())) {
            leaveOut(line, "another line says otherwise who has the tag; write a group for each");
        }
    }

    private static Optional<String> matched(String option) {
        return DnsmasqOptions.code(option)
                .flatMap(code -> Optional.ofNullable(
                        Map.of(12, "hostName", 60, "vendorClass", 77, "userClass", 93, "arch", 175, "iPXE")
                                .get(code)))
                .map(subject -> subject.equals("iPXE") ? "userClass" : subject);
    }

    private static Optional<String> pattern(String subject, DnsmasqLine line) {
        boolean isMatch = line.key().equals("dhcp-match");
        String text = isMatch ? line.value(1) : line.value(0);
        if (isMatch && text.isEmpty()) {
            boolean isIpxe = DnsmasqOptions.code(line.value(0))
                    .filter(code -> code == 175)
                    .isPresent();
            return Optional.of(isIpxe ? "iPXE" : "*");
        }
        return switch (subject) {
            case "arch" ->
                text.matches("\\d{1,5}") ? Optional.of(String.valueOf(Integer.parseInt(text))) : Optional.empty();
            case "mac" -> Optional.of(text.toLowerCase(Locale.ROOT)).filter(mac -> mac.matches("[0-9a-f:*]+"));
            case "circuitId", "remoteId" -> Optional.of(text);
            default -> Optional.of(isMatch ? text : "*" + text + "*");
        };
    }

    private void line(DnsmasqLine line) {
        switch (line.key()) {
            case "dhcp-option" -> options.set(line, false);
            case "dhcp-option-force" -> options.set(line, true);
            case "dhcp-boot" -> boot(line);
            case "domain" -> domain(line);
            case "dhcp-mac", "dhcp-vendorclass", "dhcp-userclass", "dhcp-circuitid", "dhcp-remoteid", "dhcp-match" -> {
                // read before
            }
            case "interface", "except-interface", "no-dhcp-interface", "listen-address" ->
                site.note(
                        line.place(),
                        line.toString(),
                        "which interfaces are served stands in etc/io.slipway.sockets.cfg");
            case "enable-tftp", "tftp-root" ->
                site.note(
                        line.place(),
                        line.toString(),
                        "the folder whose files are served stands in etc/io.slipway.boot.folder.cfg");
            case "dhcp-lease-max" -> leaveOut(line, "the ranges say how many leases there are");
            case "dhcp-ignore" -> leaveOut(line, "who is served stands in etc/io.slipway.dhcp.allow.cfg");
            case "dhcp-hostsfile", "dhcp-optsfile", "dhcp-hostsdir", "dhcp-optsdir", "conf-file", "conf-dir" ->
                leaveOut(line, "the lines of that file are not read; put them into this one");
            default -> {
                if (!NOTHING_TO_DO.contains(line.key())) {
                    boolean isDhcp = line.key().startsWith("dhcp") || OF_DHCP.contains(line.key());
                    leaveOut(line, isDhcp ? "there is nothing like it here" : "not about DHCP");
                }
            }
        }
    }

    private void domain(DnsmasqLine line) {
        if (line.values().size() == 1 && !line.value(0).equals("#")) {
            site.option(site.global(), line.place(), line.toString(), "domain-name", line.value(0));
            return;
        }
        for (SiteNetwork network : site.networks()) {
            if (network.network().toString().equals(line.value(1))) {
                site.option(network.settings(), line.place(), line.toString(), "domain-name", line.value(0));
                return;
            }
        }
        leaveOut(line, "no network here is the one that it names");
    }

    private void boot(DnsmasqLine line) {
        String server = line.value(2).isEmpty() ? line.value(1) : line.value(2);
        List<Settings> levels = tags.levels(line);
        levels.forEach(settings -> site.boot(settings, line.place(), line.value(0), server));
    }

    /** dnsmasq tells what nobody wrote. */
    private void tellDefaults(List<DnsmasqLine> lines) {
        Set<Integer> said = new HashSet<>();
        lines.stream()
                .filter(line -> line.key().startsWith("dhcp-option"))
                .forEach(line -> DnsmasqOptions.code(line.value(0)).ifPresent(said::add));
        for (SiteNetwork network : site.networks()) {
            for (Map.Entry<Integer, String> option :
                    Map.of(3, "routers", 6, "dns").entrySet()) {
                if (!said.contains(option.getKey())) {
                    site.note(
                            network.place(),
                            "network " + network.network(),
                            "dnsmasq names its own host as " + (option.getKey() == 3 ? "router" : "name server")
                                    + " unless told otherwise; write " + option.getValue() + " if that is wanted");
                }
            }
        }
    }

    private void range(DnsmasqLine line) {
        List<String> values = new ArrayList<>(line.values());
        if (!values.isEmpty() && values.get(0).startsWith("interface:")) {
            values.remove(0);
        }
        if (values.isEmpty() || !values.get(0).matches(ADDRESS)) {
            leaveOut(line, values.isEmpty() || values.get(0).contains(":") ? "DHCPv6" : "expected a first address");
            return;
        }
        try {
            Inet4Address first = Addresses.parse(values.remove(0));
            String end = values.isEmpty() ? "" : values.get(0);
            boolean isRange = end.matches(ADDRESS);
            if (end.equals("proxy")) {
                leaveOut(line, "write mode = proxy into etc/io.slipway.dhcp.proxy.cfg");
                return;
            }
            Inet4Address last = isRange ? Addresses.parse(values.remove(0)) : first;
            if (!isRange && end.equals("static")) {
                values.remove(0);
            }
            SiteNetwork network = network(line, first, last, values);
            line.sets().forEach(tag -> tags.ofNetwork(tag, network));
            values.stream().filter(value -> value.matches(TIME)).forEach(value -> seconds(value)
                    .ifPresent(time -> time(line, network, time)));
            values.stream()
                    .filter(value -> !value.matches(TIME) && !value.matches(ADDRESS))
                    .forEach(value -> leaveOut(line, "'" + value + "' is not understood"));
            if (isRange) {
                pool(line, new AddressRange(first, last), network);
            }
        } catch (IllegalArgumentException e) {
            leaveOut(line, e.getMessage());
        }
    }

    /** Of a network there is one, though dnsmasq has one of each range. */
    private void time(DnsmasqLine line, SiteNetwork network, long time) {
        Optional<Long> before = network.settings().time(Settings.LEASE_TIME);
        if (before.isEmpty()) {
            network.settings().time(Settings.LEASE_TIME, time);
        } else if (before.get() != time) {
            leaveOut(
                    line,
                    "lease time: that of another range of the network counts, " + Settings.duration(before.get()));
        }
    }

    private void pool(DnsmasqLine line, AddressRange addresses, SiteNetwork network) {
        Optional<String> group = Optional.empty();
        for (String tag : line.tags()) {
            Optional<SiteGroup> known = tags.groupOf(tag, line.place());
            if (known.isEmpty() || line.tags().size() > 1) {
                leaveOut(line, "it is kept for those with " + tag + ", who are no group here");
                return;
            }
            group = known.map(SiteGroup::name);
        }
        network.ranges().add(new SiteNetwork.Range(addresses, group));
    }

    /** The network of a range: that of its mask, or else one that is guessed and told. */
    private SiteNetwork network(DnsmasqLine line, Inet4Address first, Inet4Address last, List<String> values) {
        Network network;
        if (!values.isEmpty() && values.get(0).matches(ADDRESS)) {
            Inet4Address mask = Addresses.parse(values.get(0));
            network = IscReader.network(
                    Addresses.of(Addresses.bits(first) & Addresses.bits(mask)).getHostAddress(), mask);
        } else {
            int prefix = Math.max(
                    8, Math.min(24, Integer.numberOfLeadingZeros(Addresses.bits(first) ^ Addresses.bits(last))));
            network = new Network(Addresses.of(Addresses.bits(first) & -1 << (32 - prefix)), prefix);
            site.note(
                    line.place(),
                    line.toString(),
                    "it has no mask, as dnsmasq takes that of its interface; subnet = " + network
                            + " is a guess, correct it");
        }
        return site.networks().stream()
                .filter(known -> known.network().equals(network))
                .findFirst()
                .orElseGet(() -> {
                    SiteNetwork made = new SiteNetwork(line.place(), network);
                    site.networks().add(made);
                    return made;
                });
    }

    private void host(DnsmasqLine line) {
        SiteHost found = new SiteHost(line.place(), "");
        String name = "";
        for (String value : line.values()) {
            if (value.equals("ignore")) {
                leaveOut(line, "who is not served stands in deny of etc/io.slipway.dhcp.allow.cfg");
                return;
            }
            try {
                if (value.startsWith("id:") && !value.equals("id:*")) {
                    String id = value.substring(3);
                    found.identities()
                            .add(new MachineIdentity.ClientId(Hex.isOctets(id) ? Hex.padded(id) : Hex.of(id)));
                } else if (value.matches(ADDRESS)) {
                    found.addresses().add(Addresses.parse(value));
                } else if (Hex.isOctets(value.replaceFirst("^1-", ""))) {
                    found.identities()
                            .add(new MachineIdentity.Mac(MacAddress.parse(Hex.padded(value.replaceFirst("^1-", "")))));
                } else if (value.matches("(?i)(" + TIME + ")")
                        && !line.values().get(0).equals(value)) {
                    seconds(value).ifPresent(time -> found.settings().time(Settings.LEASE_TIME, time));
                } else if (value.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
                    name = value;
                } else if (!value.isEmpty()) {
                    leaveOut(line, "'" + value + "' is not understood");
                }
            } catch (IllegalArgumentException e) {
                leaveOut(line, e.getMessage());
            }
        }
        if (!line.tags().isEmpty()) {
            site.note(line.place(), line.toString(), "it holds whatever tags the machine has");
        }
        add(line, found, name);
    }

    private void add(DnsmasqLine line, SiteHost found, String name) {
        if (found.identities().isEmpty()) {
            leaveOut(line, "nothing tells the machine but the name that it says itself");
            return;
        }
        String dashed = found.identities().iterator().next() instanceof MachineIdentity.Mac mac
                ? mac.address().dashed()
                : "host-" + line.place().line();
        SiteHost host = new SiteHost(line.place(), name.isEmpty() ? dashed : Names.word(name));
        host.identities().addAll(found.identities());
        host.addresses().addAll(found.addresses());
        host.settings().inherit(found.settings());
        if (!name.isEmpty()) {
            site.option(host.settings(), line.place(), line.toString(), "host-name", name);
        }
        site.hosts().add(host);
        line.sets().forEach(tag -> tags.ofHost(tag, host));
    }

    /** Of {@code 12h}, {@code infinite} or seconds. */
    static Optional<Long> seconds(String text) {
        if (text.equals("infinite")) {
            return Optional.of(Settings.LONGEST);
        }
        if (!text.matches("(?i)\\d{1,9}[smhdw]?")) {
            return Optional.empty();
        }
        String unit = text.replaceAll("\\d", "").toLowerCase(Locale.ROOT);
        return Optional.of(Long.parseLong(text.replaceAll("\\D", "")) * UNITS.get(unit));
    }

    private void leaveOut(DnsmasqLine line, String why) {
        site.leaveOut(line.place(), line.toString(), why);
    }
}
