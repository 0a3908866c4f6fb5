package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.MacAddress;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.handlers.AddressRange;
import io.slipway.dhcp.handlers.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Translates the configuration of kea-dhcp4. */
final class KeaReader {

    /** What tells nothing of addresses and options, or is so here anyway. */
    private static final Set<String> NOTHING_TO_DO = Set.of(
            "id",
            "comment",
            "user-context",
            "lease-database",
            "hosts-database",
            "loggers",
            "multi-threading",
            "control-socket",
            "control-sockets",
            "statistic-default-sample-count",
            "statistic-default-sample-age",
            "expired-leases-processing",
            "sanity-checks",
            "host-reservation-identifiers",
            "reservations-global",
            "reservations-in-subnet",
            "ip-reservations-unique",
            "reservation-mode",
            "max-valid-lifetime",
            "calculate-tee-times",
            "echo-client-id",
            "match-client-id",
            "t1-percent",
            "t2-percent",
            "server-tag",
            "parked-packet-limit",
            "config-control",
            "dhcp-queue-control",
            "store-extended-info");

    private final Source source;
    private final Site site;
    private final KeaOptions options;
    private final Map<String, Map<String, List<String>>> classes = new HashMap<>();

    private KeaReader(Source source, Site site) {
        this.source = source;
        this.site = site;
        this.options = new KeaOptions(source, site);
    }

    static void read(Source source, Site site) throws BrokenFileException {
        JsonValue top = JsonReader.read(source);
        JsonValue server = top.get("Dhcp4")
                .orElseThrow(() -> new BrokenFileException(
                        source.at(top.line()), "expected an object with \"Dhcp4\", the configuration of kea-dhcp4"));
        new KeaReader(source, site).server(server);
        top.members().forEach((name, other) -> {
            if (!name.equals("Dhcp4")) {
                site.leaveOut(source.at(other.line()), name, "only Dhcp4 is read");
            }
        });
    }

    private void server(JsonValue server) {
        server.get("option-def").ifPresent(defined -> defined.items().forEach(options::define));
        server.get("client-classes").ifPresent(all -> all.items().forEach(this::clientClass));
        level(
                server,
                site.global(),
                Map.of(
                        "option-def", value -> {},
                        "client-classes", value -> {},
                        "subnet4", all -> all.items().forEach(one -> subnet(one, Optional.empty(), List.of())),
                        "shared-networks", all -> all.items().forEach(this::sharedNetwork),
                        "reservations", all -> all.items().forEach(this::host),
                        "authoritative", this::authoritative,
                        "interfaces-config", this::interfaces));
    }

    private void authoritative(JsonValue value) {
        if (value.value().filter(Boolean.FALSE::equals).isPresent()) {
            leaveOut(value, "authoritative", "write authoritative = false into etc/io.slipway.dhcp.address.cfg");
        }
    }

    private void interfaces(JsonValue value) {
        value.get("interfaces")
                .filter(names ->
                        names.items().stream().anyMatch(name -> !name.text().equals("*")))
                .ifPresent(names -> site.note(
                        source.at(names.line()),
                        "interfaces",
                        "which interfaces are served stands in etc/io.slipway.sockets.cfg"));
    }

    /** What every level has; the rest is read by name, and what is in neither is told. */
    private void level(JsonValue object, Settings settings, Map<String, Consumer<JsonValue>> own) {
        object.members().forEach((name, value) -> {
            Consumer<JsonValue> reader = own.get(name);
            if (reader != null) {
                reader.accept(value);
                return;
            }
            switch (name) {
                case "option-data" -> options.set(value, settings);
                case "valid-lifetime" -> time(settings, Settings.LEASE_TIME, value);
                case "min-valid-lifetime" -> time(settings, Settings.MIN_LEASE_TIME, value);
                case "boot-file-name", "next-server", "server-hostname" -> {
                    // read together below
                }
                case "renew-timer", "rebind-timer" ->
                    leaveOut(value, name, "clients renew at half of their lease, and at 7/8 of it by broadcast");
                default -> {
                    if (!NOTHING_TO_DO.contains(name) && !name.startsWith("ddns-") && !isEmpty(value)) {
                        leaveOut(value, name, "there is nothing like it here");
                    }
                }
            }
        });
        boot(object, settings);
        longest(object);
    }

    private void longest(JsonValue object) {
        Optional<JsonValue> most = object.get("max-valid-lifetime");
        if (most.isPresent() && !most.get().text().equals(object.text("valid-lifetime"))) {
            site.note(
                    source.at(most.get().line()),
                    "max-valid-lifetime",
                    "leaseTime is both the usual and the longest time; it is as valid-lifetime");
        }
    }

    private static boolean isEmpty(JsonValue value) {
        return value.value().isEmpty()
                || value.value()
                        .filter(known -> known instanceof List<?> list && list.isEmpty())
                        .isPresent()
                || value.value()
                        .filter(known -> known instanceof Map<?, ?> map && map.isEmpty())
                        .isPresent()
                || value.value().filter(Boolean.FALSE::equals).isPresent()
                || value.text().isEmpty();
    }

    private void boot(JsonValue object, Settings settings) {
        int line = object.get("boot-file-name")
                .or(() -> object.get("next-server"))
                .orElse(object)
                .line();
        site.boot(settings, source.at(line), object.text("boot-file-name"), object.text("next-server"));
        if (!object.text("server-hostname").isEmpty()) {
            leaveOut(
                    object.get("server-hostname").orElseThrow(), "server-hostname", "the name of a server is not sent");
        }
    }

    private void time(Settings settings, String key, JsonValue value) {
        if (value.value().filter(Long.class::isInstance).isPresent()) {
            settings.time(key, Long.parseLong(value.text()));
        } else {
            leaveOut(value, value.text(), "expected seconds");
        }
    }

    private void clientClass(JsonValue one) {
        String name = one.text("name");
        List<String> tokens = ClassTest.tokens(one.text("test"));
        ClassTest.Outcome outcome =
                ClassTest.parse(tokens, options::code, member -> Optional.ofNullable(classes.get(member)));
        if (outcome.conditions().isEmpty()) {
            leaveOut(one, "client-class " + name, tokens.isEmpty() ? "it has no test" : outcome.why());
            return;
        }
        classes.put(name, outcome.conditions().get());
        SiteGroup group = new SiteGroup(
                source.at(one.line()), Names.word(name), outcome.conditions().get(), new Settings());
        site.groups().add(group);
        level(one, group.settings(), Map.of("name", value -> {}, "test", value -> {}));
    }

    private void sharedNetwork(JsonValue shared) {
        Settings settings = new Settings();
        String name = Names.word(shared.text("name"));
        level(
                shared,
                settings,
                Map.of(
                        "name", value -> {},
                        "relay", value -> {},
                        "interface", value -> {},
                        "subnet4", all -> {}));
        shared.get("subnet4")
                .ifPresent(all -> all.items().forEach(one -> subnet(one, Optional.of(name), List.of(settings))
                        .ifPresent(network -> where(shared, network))));
    }

    /** Where its clients come from; what the network itself says counts. */
    private void where(JsonValue object, SiteNetwork network) {
        object.get("interface")
                .map(JsonValue::text)
                .filter(name -> !name.isEmpty() && network.link().isEmpty())
                .ifPresent(name -> network.link(Optional.of(name)));
        Optional<JsonValue> relay = object.get("relay");
        List<JsonValue> addresses = new ArrayList<>();
        relay.flatMap(one -> one.get("ip-addresses")).ifPresent(all -> addresses.addAll(all.items()));
        relay.flatMap(one -> one.get("ip-address")).ifPresent(addresses::add);
        for (JsonValue address : addresses) {
            try {
                if (!address.text().equals("0.0.0.0")) {
                    network.relays().add(Addresses.parse(address.text()));
                }
            } catch (IllegalArgumentException e) {
                leaveOut(address, "relay", e.getMessage());
            }
        }
    }

    private Optional<SiteNetwork> subnet(JsonValue one, Optional<String> shared, List<Settings> around) {
        SiteNetwork network;
        try {
            network = new SiteNetwork(source.at(one.line()), Network.parse(one.text("subnet")));
        } catch (IllegalArgumentException e) {
            leaveOut(one, "subnet " + one.text("subnet"), e.getMessage() + "; left out with all that it holds");
            return Optional.empty();
        }
        site.networks().add(network);
        network.sharedNetwork(shared);
        one.get("user-context")
                .map(context -> context.text("name"))
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> network.name(Names.word(name)));
        level(
                one,
                network.settings(),
                Map.of(
                        "subnet", value -> {},
                        "relay", value -> {},
                        "interface", value -> {},
                        "pools", all -> all.items().forEach(pool -> pool(pool, network)),
                        "reservations", all -> all.items().forEach(this::host)));
        where(one, network);
        around.forEach(network.settings()::inherit);
        if (one.get("client-class").or(() -> one.get("client-classes")).isPresent()) {
            leaveOut(
                    one,
                    "client-class of subnet " + network.network(),
                    "a network is for all; keep its ranges for a" + " group with range.GROUP");
        }
        return Optional.of(network);
    }

    private void pool(JsonValue pool, SiteNetwork network) {
        String text = pool.text("pool").replace(" ", "");
        Optional<String> group = Optional.of(pool.text("client-class"))
                .filter(name -> !name.isEmpty())
                .or(() -> pool.get("client-classes")
                        .map(JsonValue::items)
                        .filter(all -> all.size() == 1)
                        .map(all -> all.get(0).text()));
        try {
            AddressRange addresses = text.contains("/") ? Network.parse(text).hosts() : AddressRange.parse(text);
            if (group.isPresent() && !classes.containsKey(group.get())) {
                leaveOut(pool, "pool " + text, "it is kept for the class " + group.get() + ", which is not here");
                return;
            }
            network.ranges().add(new SiteNetwork.Range(addresses, group.map(Names::word)));
            pool.members().forEach((name, value) -> {
                if (!Set.of("pool", "pool-id", "client-class", "client-classes", "user-context", "comment")
                                .contains(name)
                        && !isEmpty(value)) {
                    leaveOut(value, name + " of pool " + text, "a pool has no settings of its own");
                }
            });
        } catch (IllegalArgumentException e) {
            leaveOut(pool, "pool " + pool.text("pool"), e.getMessage());
        }
    }

    private void host(JsonValue one) {
        String name = one.text("hostname");
        String who = one.text("hw-address").replace(':', '-');
        SiteHost host = new SiteHost(
                source.at(one.line()), Names.word(!name.isEmpty() ? name : !who.isEmpty() ? who : "reserved"));
        site.hosts().add(host);
        level(
                one,
                host.settings(),
                Map.of(
                        "hostname",
                                value -> site.option(
                                        host.settings(),
                                        source.at(value.line()),
                                        "hostname " + value.text(),
                                        "host-name",
                                        value.text()),
                        "hw-address",
                                value -> identity(
                                        value,
                                        host,
                                        text -> new MachineIdentity.Mac(MacAddress.parse(Hex.padded(text)))),
                        "client-id", value -> identity(value, host, text -> new MachineIdentity.ClientId(hex(text))),
                        "circuit-id", value -> identity(value, host, text -> new MachineIdentity.CircuitId(hex(text))),
                        "ip-address", value -> address(value, host)));
    }

    private void address(JsonValue value, SiteHost host) {
        try {
            host.addresses().add(Addresses.parse(value.text()));
        } catch (IllegalArgumentException e) {
            leaveOut(value, "ip-address", e.getMessage());
        }
    }

    private void identity(JsonValue value, SiteHost host, Function<String, MachineIdentity> parser) {
        try {
            host.identities().add(parser.apply(value.text()));
        } catch (IllegalArgumentException e) {
            leaveOut(value, value.text(), e.getMessage());
        }
    }

    /** Of hexadecimal with or without colons, or of a text in single quotes. */
    private static String hex(String text) {
        return text.startsWith("'")
                ? Hex.of(text.replace("'", ""))
                : Hex.padded(text).replaceFirst("^0[xX]", "");
    }

    private void leaveOut(JsonValue value, String what, String why) {
        site.leaveOut(source.at(value.line()), what, why);
    }
}
