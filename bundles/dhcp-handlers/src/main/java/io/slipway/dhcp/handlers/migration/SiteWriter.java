package io.slipway.dhcp.handlers.migration;

import io.slipway.boot.MachineIdentity;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says a site in this server's own files. */
public final class SiteWriter {

    private static final String SUBNET = "io.slipway.dhcp.subnet";
    private static final String GROUP = "io.slipway.dhcp.group";
    private static final String OPTIONS = "io.slipway.dhcp.options";

    /** Below the megabyte that a file of machines may have. */
    private static final int MACHINES_A_FILE = 3000;

    private SiteWriter() {}

    /** Files of networks, groups and of what holds everywhere; groups come before the networks that name them. */
    public static List<SiteFile> configuration(Site site) {
        List<SiteFile> files = new ArrayList<>();
        if (!site.global().isEmpty()) {
            files.add(new SiteFile(
                    OPTIONS,
                    "",
                    "the other server's global settings",
                    site.global().texts()));
        }
        for (SiteGroup group : site.groups()) {
            Map<String, String> values = group.settings().texts();
            group.match().forEach((subject, patterns) -> values.put("match." + subject, String.join(", ", patterns)));
            files.add(new SiteFile(GROUP, group.name(), group.place().toString(), values));
        }
        site.networks().forEach(network -> files.add(file(network)));
        return files;
    }

    private static SiteFile file(SiteNetwork network) {
        Map<String, String> values = network.settings().texts();
        values.put("subnet", network.network().toString());
        Map<String, List<String>> ranges = new TreeMap<>();
        network.ranges().forEach(range -> ranges.computeIfAbsent(
                        range.group().map(group -> "range." + group).orElse("range"), key -> new ArrayList<>())
                .add(range.addresses().toString()));
        ranges.forEach((key, texts) -> values.put(key, String.join(", ", texts)));
        network.sharedNetwork().ifPresent(word -> values.put("sharedNetwork", word));
        network.link().ifPresent(link -> values.put("interface", link));
        if (!network.relays().isEmpty()) {
            values.put(
                    "relay",
                    network.relays().stream().map(Inet4Address::getHostAddress).collect(Collectors.joining(", ")));
        }
        return new SiteFile(SUBNET, network.name(), network.place().toString(), values);
    }

    /** Files of machines by name, for etc/boot. */
    public static Map<String, String> machines(Site site) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int first = 0; first < site.hosts().size(); first += MACHINES_A_FILE) {
            int number = first / MACHINES_A_FILE + 1;
            String text = site.hosts().stream()
                    .skip(first)
                    .limit(MACHINES_A_FILE)
                    .map(SiteWriter::machine)
                    .collect(Collectors.joining("", "machines:\n", ""));
            files.put(number == 1 ? "imported.yaml" : "imported-" + number + ".yaml", text);
        }
        return files;
    }

    private static String machine(SiteHost host) {
        StringBuilder text = new StringBuilder("  # ").append(host.place()).append("\n  ");
        text.append(quoted(host.name())).append(":\n");
        Map<String, List<String>> lists = new LinkedHashMap<>();
        for (MachineIdentity identity : host.identities()) {
            String key;
            String value;
            if (identity instanceof MachineIdentity.Mac mac) {
                key = "mac";
                value = mac.address().toString();
            } else if (identity instanceof MachineIdentity.Uuid uuid) {
                key = "uuid";
                value = uuid.uuid().toString();
            } else if (identity instanceof MachineIdentity.ClientId id) {
                key = "clientId";
                value = "0x" + id.hex();
            } else {
                key = "circuitId";
                value = "0x" + ((MachineIdentity.CircuitId) identity).hex();
            }
            lists.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
        }
        host.addresses().forEach(address -> lists.computeIfAbsent("address", none -> new ArrayList<>())
                .add(address.getHostAddress()));
        lists.forEach((key, values) -> text.append("    ")
                .append(key)
                .append(": [")
                .append(values.stream().map(SiteWriter::quoted).collect(Collectors.joining(", ")))
                .append("]\n"));
        host.settings().time(Settings.LEASE_TIME).ifPresent(time -> text.append("    leaseTime: ")
                .append(Settings.duration(time))
                .append('\n'));
        if (!host.settings().options().isEmpty()) {
            text.append("    options:\n");
            host.settings().options().forEach((name, value) -> text.append("      ")
                    .append(quoted(name))
                    .append(": ")
                    .append(quoted(value))
                    .append('\n'));
        }
        return text.toString();
    }

    /** In double quotes, whose escapes YAML 1.2 has of JSON. */
    static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
