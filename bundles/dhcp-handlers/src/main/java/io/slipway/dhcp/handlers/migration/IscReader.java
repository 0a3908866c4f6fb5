package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.MacAddress;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.handlers.AddressRange;
import io.slipway.dhcp.handlers.Network;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Translates a configuration of ISC dhcpd. */
final class IscReader {

    /** What is so here anyway, or tells nothing of addresses and options. */
    private static final Set<String> NOTHING_TO_DO = Set.of(
            "authoritative",
            "ddns-update-style none",
            "allow booting",
            "allow bootp",
            "allow unknown-clients",
            "deny client-updates",
            "ignore client-updates",
            "ping-check off",
            "one-lease-per-client on",
            "get-lease-hostnames off");

    private final Source source;
    private final Site site;
    private final IscOptions options;
    private final IscClasses classes;

    /** What can only be done when all is read: ranges may stand before their networks. */
    private final List<Runnable> later = new ArrayList<>();

    private boolean namesHosts;

    private IscReader(Source source, Site site) {
        this.source = source;
        this.site = site;
        this.options = new IscOptions(site);
        this.classes = new IscClasses(site, options, this::block);
    }

    static void read(Source source, Site site) throws BrokenFileException {
        IscReader reader = new IscReader(source, site);
        reader.block(IscParser.parse(source), IscScope.global(site.global()));
        reader.classes.finish();
        reader.later.forEach(Runnable::run);
    }

    private void block(List<IscStatement> statements, IscScope scope) {
        classes.chain(statements, scope).forEach(statement -> statement(statement, scope));
    }

    private void statement(IscStatement statement, IscScope scope) {
        String kind = statement.word(0).toLowerCase(Locale.ROOT);
        if (statement.block().isPresent()) {
            declaration(kind, statement, statement.block().get(), scope);
            return;
        }
        if (scope.host().isPresent()
                && hostStatement(kind, statement, scope.host().get())) {
            return;
        }
        switch (kind) {
            case "option" -> option(statement, scope);
            case "default-lease-time", "max-lease-time", "min-lease-time" -> time(kind, statement, scope);
            case "filename" -> site.boot(scope.settings(), statement.place(), statement.word(1), "");
            case "next-server" -> site.boot(scope.settings(), statement.place(), "", statement.word(1));
            case "range" -> range(statement, Optional.empty());
            case "use-host-decl-names" -> namesHosts = isOn(statement.word(1));
            case "subclass" -> classes.subclass(statement);
            case "include" -> leaveOut(statement, "name that file, too; what holds where it is included must be in it");
            case "match" -> leaveOut(statement, "only within a class");
            case "allow", "deny", "ignore" -> permission(statement);
            case "failover" -> leaveOut(statement, "there is no failover between this server and ISC dhcpd");
            default -> other(statement);
        }
    }

    private void other(IscStatement statement) {
        if (NOTHING_TO_DO.contains(statement.toString().toLowerCase(Locale.ROOT))) {
            return;
        }
        String kind = statement.word(0).toLowerCase(Locale.ROOT);
        if (kind.startsWith("ddns-") || kind.equals("update-static-leases")) {
            leaveOut(statement, "this server does not write into DNS");
        } else if (statement.begins("not", "authoritative")) {
            leaveOut(statement, "write authoritative = false into etc/io.slipway.dhcp.address.cfg");
        } else {
            leaveOut(statement, "there is nothing like it here");
        }
    }

    private void permission(IscStatement statement) {
        if (!NOTHING_TO_DO.contains(statement.toString().toLowerCase(Locale.ROOT))) {
            leaveOut(statement, "who is served stands in etc/io.slipway.dhcp.allow.cfg, for all networks");
        }
    }

    private void declaration(String kind, IscStatement statement, List<IscStatement> inner, IscScope scope) {
        switch (kind) {
            case "subnet" -> subnet(statement, inner, scope);
            case "shared-network" -> block(inner, scope.ofSharedNetwork(word(statement.word(1)), new Settings()));
            case "group" -> block(inner, scope.ofGroup(new Settings()));
            case "pool" -> pool(statement, inner);
            case "host" -> host(statement, inner, scope);
            case "class" -> classes.declare(statement, inner, scope);
            case "subnet6" -> leaveOut(statement, "DHCPv6");
            case "key", "zone" -> leaveOut(statement, "this server does not write into DNS");
            case "failover" -> leaveOut(statement, "there is no failover between this server and ISC dhcpd");
            default -> leaveOut(statement, "there is nothing like it here, nor is what its braces hold");
        }
    }

    private void subnet(IscStatement statement, List<IscStatement> inner, IscScope scope) {
        try {
            Inet4Address mask = Addresses.parse(statement.word(3));
            SiteNetwork network = new SiteNetwork(statement.place(), network(statement.word(1), mask));
            network.sharedNetwork(scope.sharedNetwork());
            site.networks().add(network);
            IscScope within = scope.ofNetwork(network);
            block(inner, within);
            later.add(() -> within.around().forEach(network.settings()::inherit));
        } catch (IllegalArgumentException e) {
            leaveOut(statement, "with all in its braces; " + e.getMessage());
        }
    }

    /** From an address and a mask whose bits are ones, then zeroes. */
    static Network network(String address, Inet4Address mask) {
        int bits = Addresses.bits(mask);
        int prefix = Integer.bitCount(bits);
        if (bits != 0 && bits != -1 << (32 - prefix)) {
            throw new IllegalArgumentException("mask " + mask.getHostAddress() + " has holes");
        }
        return new Network(Addresses.parse(address), prefix);
    }

    private void pool(IscStatement pool, List<IscStatement> inner) {
        Optional<IscStatement> members = inner.stream()
                .filter(statement -> statement.begins("allow", "members", "of"))
                .findFirst();
        Optional<String> group = members.map(statement -> word(statement.word(3)));
        for (IscStatement statement : inner) {
            if (statement.begins("range")) {
                range(statement, group);
            } else if (!members.filter(statement::equals).isPresent()
                    && !statement.begins("allow", "unknown-clients")
                    && !statement.begins("allow", "all", "clients")) {
                leaveOut(
                        statement,
                        statement.begins("allow") || statement.begins("deny")
                                ? "the addresses of this pool (" + pool.place() + ") are for all; keep them for a"
                                        + " group with range.GROUP, or take them out"
                                : "a pool has no settings of its own");
            }
        }
    }

    /** Two addresses or one, perhaps behind {@code dynamic-bootp}. */
    private void range(IscStatement statement, Optional<String> group) {
        int first = statement.word(1).equals("dynamic-bootp") ? 2 : 1;
        String from = statement.word(first);
        String to = statement.word(first + 1).isEmpty() ? from : statement.word(first + 1);
        try {
            AddressRange addresses = AddressRange.parse(from + "-" + to);
            later.add(() -> {
                if (group.isPresent() && site.group(group.get()).isEmpty()) {
                    leaveOut(statement, "it is kept for the class " + group.get() + ", which is not here");
                } else {
                    site.range(statement.place(), addresses, group);
                }
            });
        } catch (IllegalArgumentException e) {
            leaveOut(statement, e.getMessage());
        }
    }

    private void host(IscStatement statement, List<IscStatement> inner, IscScope scope) {
        String name = word(statement.word(1));
        SiteHost host = new SiteHost(statement.place(), name);
        IscScope outer = scope.network().isPresent() || scope.sharedNetwork().isPresent()
                ? IscScope.global(site.global())
                : scope;
        IscScope within = outer.ofHost(host);
        site.hosts().add(host);
        block(inner, within);
        later.add(() -> {
            within.around().forEach(host.settings()::inherit);
            if (namesHosts && !host.settings().options().containsKey("host-name")) {
                site.option(host.settings(), statement.place(), statement.toString(), "host-name", name);
            }
        });
    }

    /** False when it is a statement as anywhere. */
    private boolean hostStatement(String kind, IscStatement statement, SiteHost host) {
        try {
            if (kind.equals("hardware")) {
                hardware(statement, host);
            } else if (kind.equals("fixed-address")) {
                statement.from(1).stream()
                        .filter(token -> !token.isSign(","))
                        .map(token -> Addresses.parse(token.text()))
                        .forEach(host.addresses()::add);
            } else if (statement.begins("option", "dhcp-client-identifier")) {
                host.identities().add(new MachineIdentity.ClientId(octets(statement, 2)));
            } else if (statement.begins("host-identifier", "option", "agent.circuit-id")) {
                host.identities().add(new MachineIdentity.CircuitId(octets(statement, 3)));
            } else if (kind.equals("dynamic") || kind.equals("deleted")) {
                return true; // how OMAPI marks what it wrote
            } else {
                return false;
            }
        } catch (IllegalArgumentException e) {
            leaveOut(statement, e.getMessage());
        }
        return true;
    }

    private void hardware(IscStatement statement, SiteHost host) {
        if (statement.word(1).equals("ethernet")) {
            host.identities().add(new MachineIdentity.Mac(MacAddress.parse(Hex.padded(statement.word(2)))));
        } else {
            leaveOut(statement, "only Ethernet addresses tell machines apart here");
        }
    }

    /** In hexadecimal, of a string or of octets with colons. */
    private static String octets(IscStatement statement, int index) {
        boolean isText =
                index < statement.words().size() && statement.words().get(index).kind() == IscToken.Kind.STRING;
        return isText ? Hex.of(statement.word(index)) : Hex.padded(statement.word(index));
    }

    private void option(IscStatement statement, IscScope scope) {
        if (options.define(statement)) {
            return;
        }
        boolean isOwnMask = statement.begins("option", "subnet-mask")
                && scope.network()
                        .filter(network ->
                                network.network().mask().getHostAddress().equals(statement.word(2)))
                        .isPresent();
        if (!isOwnMask) {
            options.set(statement, scope.settings());
        }
    }

    private void time(String kind, IscStatement statement, IscScope scope) {
        if (!statement.word(1).matches("-1|\\d{1,10}")) {
            leaveOut(statement, "expected seconds");
            return;
        }
        long seconds = statement.word(1).equals("-1") ? Settings.LONGEST : Long.parseLong(statement.word(1));
        if (kind.equals("max-lease-time")) {
            later.add(() -> {
                Optional<Long> usual = scope.settings().time(Settings.LEASE_TIME);
                if (usual.isEmpty() || usual.get() > seconds) {
                    scope.settings().time(Settings.LEASE_TIME, seconds);
                } else if (usual.get() < seconds) {
                    site.note(
                            statement.place(),
                            statement.toString(),
                            "leaseTime is both the usual and the longest time; it is as default-lease-time");
                }
            });
        } else if (kind.equals("min-lease-time") && scope.host().isPresent()) {
            leaveOut(statement, "a machine has no shortest lease of its own");
        } else {
            scope.settings()
                    .time(kind.equals("min-lease-time") ? Settings.MIN_LEASE_TIME : Settings.LEASE_TIME, seconds);
        }
    }

    private static boolean isOn(String word) {
        return Set.of("on", "true").contains(word.toLowerCase(Locale.ROOT));
    }

    /** A name that a file or a key can have. */
    private static String word(String name) {
        return Names.word(name);
    }

    private void leaveOut(IscStatement statement, String why) {
        site.leaveOut(statement.place(), statement.toString(), why);
    }

    @Override
    public String toString() {
        return source.name();
    }
}
