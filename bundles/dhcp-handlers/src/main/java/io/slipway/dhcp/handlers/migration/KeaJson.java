package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.FirmwareArchitecture;
import io.slipway.boot.MachineIdentity;
import io.slipway.dhcp.codec.OptionSetting;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says a site as the configuration of kea-dhcp4. */
public final class KeaJson {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final Site site;

    private KeaJson(Site site) {
        this.site = site;
    }

    /** What Kea cannot say becomes a remark of the site. */
    public static String write(Site site) {
        return JsonText.of(Map.of("Dhcp4", new KeaJson(site).server())) + "\n";
    }

    private Map<String, Object> server() {
        Map<String, Object> server = level(site.global(), new Place("global settings", 0));
        server.put("authoritative", true);
        server.put("interfaces-config", Map.of("interfaces", List.of("*")));
        server.put("lease-database", Map.of("type", "memfile", "persist", true));
        boolean isOften = site.hosts().stream()
                .anyMatch(host ->
                        host.identities().size() > 1 && !host.addresses().isEmpty());
        if (isOften) {
            server.put("ip-reservations-unique", false);
        }
        List<Object> classes = new ArrayList<>();
        for (SiteGroup group : site.groups()) {
            test(group).ifPresent(test -> {
                Map<String, Object> one = level(group.settings(), group.place());
                one.put("name", group.name());
                one.put("test", test);
                classes.add(one);
            });
        }
        server.put("client-classes", classes);
        networks(server);
        List<Object> everywhere = new ArrayList<>();
        for (SiteHost host : site.hosts()) {
            if (host.addresses().stream()
                    .noneMatch(address -> site.networkOf(address).isPresent())) {
                everywhere.addAll(reservations(host, Optional.empty()));
            }
        }
        if (!everywhere.isEmpty()) {
            server.put("reservations", everywhere);
            server.put("reservations-global", true);
            server.put("reservations-in-subnet", true);
        }
        return server;
    }

    private void networks(Map<String, Object> server) {
        List<Object> lone = new ArrayList<>();
        Map<String, List<Object>> shared = new TreeMap<>();
        for (int i = 0; i < site.networks().size(); i++) {
            SiteNetwork network = site.networks().get(i);
            Map<String, Object> subnet = subnet(network, i + 1);
            network.sharedNetwork()
                    .map(word -> shared.computeIfAbsent(word, none -> new ArrayList<>()))
                    .orElse(lone)
                    .add(subnet);
        }
        server.put("subnet4", lone);
        List<Object> wires = new ArrayList<>();
        shared.forEach((word, subnets) -> {
            Map<String, Object> wire = new LinkedHashMap<>();
            wire.put("name", word);
            wire.put("subnet4", subnets);
            wires.add(wire);
        });
        server.put("shared-networks", wires);
    }

    private Map<String, Object> subnet(SiteNetwork network, int id) {
        Map<String, Object> subnet = level(network.settings(), network.place());
        subnet.put("id", (long) id);
        subnet.put("subnet", network.network().toString());
        subnet.put("user-context", Map.of("name", network.name()));
        network.link().ifPresent(link -> subnet.put("interface", link));
        if (!network.relays().isEmpty()) {
            subnet.put(
                    "relay",
                    Map.of(
                            "ip-addresses",
                            network.relays().stream()
                                    .map(Inet4Address::getHostAddress)
                                    .toList()));
        }
        List<Object> pools = new ArrayList<>();
        for (SiteNetwork.Range range : network.ranges()) {
            boolean isSaid = range.group()
                    .map(name -> site.group(name).flatMap(this::test).isPresent())
                    .orElse(true);
            if (isSaid) {
                Map<String, Object> pool = new LinkedHashMap<>();
                pool.put("pool", range.addresses().toString().replace("-", " - "));
                range.group().ifPresent(group -> pool.put("client-class", group));
                pools.add(pool);
            } else {
                site.leaveOut(network.place(), "range " + range.addresses(), "Kea cannot say who its group is");
            }
        }
        subnet.put("pools", pools);
        List<Object> reservations = new ArrayList<>();
        site.hosts().forEach(host -> host.addresses().stream()
                .filter(network.network()::contains)
                .forEach(address -> reservations.addAll(reservations(host, Optional.of(address)))));
        subnet.put("reservations", reservations);
        return subnet;
    }

    /** One for each identity, as Kea has it. */
    private List<Object> reservations(SiteHost host, Optional<Inet4Address> address) {
        List<Object> reservations = new ArrayList<>();
        for (MachineIdentity identity : host.identities()) {
            Map<String, Object> one = level(host.settings(), host.place());
            one.keySet().removeIf(key -> key.endsWith("lifetime"));
            if (identity instanceof MachineIdentity.Mac mac) {
                one.put("hw-address", mac.address().toString());
            } else if (identity instanceof MachineIdentity.ClientId id) {
                one.put("client-id", COLONS.formatHex(HexFormat.of().parseHex(id.hex())));
            } else if (identity instanceof MachineIdentity.CircuitId id) {
                one.put("circuit-id", COLONS.formatHex(HexFormat.of().parseHex(id.hex())));
            } else {
                site.leaveOut(host.place(), "machine " + host.name(), "Kea tells no machine by its UUID");
                continue;
            }
            address.ifPresent(known -> one.put("ip-address", known.getHostAddress()));
            one.put("hostname", host.name());
            reservations.add(one);
        }
        if (host.settings().time(Settings.LEASE_TIME).isPresent()) {
            site.leaveOut(host.place(), "leaseTime of machine " + host.name(), "Kea has none of a machine");
        }
        return reservations;
    }

    private Map<String, Object> level(Settings settings, Place place) {
        Map<String, Object> level = new LinkedHashMap<>();
        List<Object> options = new ArrayList<>();
        settings.options().forEach((name, text) -> {
            OptionSetting setting = OptionSetting.parse(name, text);
            Map<String, Object> option = new LinkedHashMap<>();
            option.put("code", (long) setting.code());
            boolean isAddresses = text.matches("\\d{1,3}(\\.\\d{1,3}){3}(, \\d{1,3}(\\.\\d{1,3}){3})*")
                    && setting.value().length % 4 == 0
                    && (setting.code() == 3 || setting.code() == 6 || setting.code() == 42);
            // Kea's types differ from ours here and there; bytes are the same for both.
            option.put("csv-format", isAddresses);
            option.put("data", isAddresses ? text : HexFormat.of().formatHex(setting.value()));
            boolean isAlways =
                    settings.always().contains(name) || settings.always().contains(String.valueOf(setting.code()));
            if (isAlways) {
                option.put("always-send", true);
            }
            options.add(option);
        });
        level.put("option-data", options);
        settings.time(Settings.LEASE_TIME).ifPresent(time -> level.put("valid-lifetime", time));
        settings.time(Settings.MIN_LEASE_TIME).ifPresent(time -> level.put("min-valid-lifetime", time));
        settings.time(Settings.BOOT_LEASE_TIME)
                .ifPresent(time -> site.leaveOut(place, "bootLeaseTime", "Kea has none"));
        return level;
    }

    /** The expression of a group; empty, and a remark, when Kea cannot say it. */
    private Optional<String> test(SiteGroup group) {
        List<String> all = new ArrayList<>();
        for (Map.Entry<String, List<String>> condition : group.match().entrySet()) {
            List<String> any = new ArrayList<>();
            for (String pattern : condition.getValue()) {
                Optional<String> one = test(condition.getKey(), pattern);
                if (one.isEmpty()) {
                    site.leaveOut(
                            group.place(),
                            "group " + group.name(),
                            "Kea cannot say match." + condition.getKey() + " = " + pattern);
                    return Optional.empty();
                }
                any.add(one.get());
            }
            all.add(any.size() == 1 ? any.get(0) : "(" + String.join(" or ", any) + ")");
        }
        return Optional.of(String.join(" and ", all));
    }

    private static Optional<String> test(String subject, String pattern) {
        Optional<String> option =
                Optional.ofNullable(Map.of("hostName", "12", "vendorClass", "60", "userClass", "77", "arch", "93")
                        .get(subject));
        if (pattern.equals("*") && option.isPresent()) {
            return option.map(code -> "option[" + code + "].exists");
        }
        if (subject.equals("arch")) {
            Optional<Integer> code = pattern.matches("\\d{1,5}")
                    ? Optional.of(Integer.parseInt(pattern))
                    : FirmwareArchitecture.named(pattern).map(FirmwareArchitecture::code);
            return code.map(number -> String.format("option[93].hex == 0x%04x", number));
        }
        if (subject.equals("mac") && pattern.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}")) {
            return Optional.of("pkt4.mac == 0x" + pattern.replace(":", ""));
        }
        if (subject.equals("mac") && pattern.matches("([0-9a-f]{2}:){1,5}\\*")) {
            String start = pattern.replaceAll("[:*]", "");
            return Optional.of("substring(pkt4.mac,0," + start.length() / 2 + ") == 0x" + start);
        }
        String text = pattern.replaceFirst("^\\?+", "").replaceFirst("\\*$", "");
        if (option.isEmpty() || text.isEmpty() || !text.matches("[ -~&&[^*?']]+")) {
            return Optional.empty();
        }
        boolean isWhole = text.equals(pattern);
        int from = pattern.indexOf(text);
        return option.map(code -> isWhole
                ? "option[" + code + "].hex == '" + text + "'"
                : "substring(option[" + code + "].hex," + from + ","
                        + (pattern.endsWith("*") ? String.valueOf(text.length()) : "all") + ") == '" + text + "'");
    }
}
