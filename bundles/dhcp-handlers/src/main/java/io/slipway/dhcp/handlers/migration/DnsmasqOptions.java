package io.slipway.dhcp.handlers.migration;

import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.OptionSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** dnsmasq's {@code dhcp-option}. */
final class DnsmasqOptions {

    /** Names of dnsmasq that the table has otherwise. */
    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("netmask", 1),
            Map.entry("router", 3),
            Map.entry("time-server", 4),
            Map.entry("dns-server", 6),
            Map.entry("log-server", 7),
            Map.entry("lpr-server", 9),
            Map.entry("boot-file-size", 13),
            Map.entry("ip-forward-enable", 19),
            Map.entry("default-ttl", 23),
            Map.entry("mtu", 26),
            Map.entry("all-subnets-local", 27),
            Map.entry("broadcast", 28),
            Map.entry("router-solicitation", 32),
            Map.entry("static-route", 33),
            Map.entry("arp-timeout", 35),
            Map.entry("ethernet-encap", 36),
            Map.entry("tcp-ttl", 37),
            Map.entry("tcp-keepalive", 38),
            Map.entry("nis-domain", 40),
            Map.entry("nis-server", 41),
            Map.entry("ntp-server", 42),
            Map.entry("netbios-ns", 44),
            Map.entry("netbios-dd", 45),
            Map.entry("netbios-nodetype", 46),
            Map.entry("x-windows-fs", 48),
            Map.entry("x-windows-dm", 49),
            Map.entry("vendor-class", 60),
            Map.entry("nis+-domain", 64),
            Map.entry("nis+-server", 65),
            Map.entry("tftp-server", 66),
            Map.entry("bootfile-name", 67),
            Map.entry("client-arch", 93),
            Map.entry("client-interface-id", 94),
            Map.entry("client-machine-id", 97),
            Map.entry("posix-timezone", 100),
            Map.entry("tzdb-timezone", 101),
            Map.entry("domain-search", 119),
            Map.entry("sip-server", 120),
            Map.entry("classless-static-route", 121),
            Map.entry("server-ip-address", 150));

    private final Site site;
    private final DnsmasqTags tags;

    DnsmasqOptions(Site site, DnsmasqTags tags) {
        this.site = site;
        this.tags = tags;
    }

    /** The code of {@code option:NAME} or of a number. */
    static Optional<Integer> code(String text) {
        String name = text.replaceFirst("^option:", "").toLowerCase(Locale.ROOT);
        try {
            return Optional.of(NAMES.containsKey(name) ? NAMES.get(name) : OptionSetting.code(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @param isForced whether clients get it that did not ask */
    void set(DnsmasqLine line, boolean isForced) {
        String first = line.value(0);
        if (first.matches("(encap|vi-encap|vendor|option6|cpewan-id):.*")) {
            boolean isSix = first.startsWith("option6");
            leaveOut(line, isSix ? "DHCPv6" : "options within options are not made of parts here");
            return;
        }
        Optional<Integer> code = code(first);
        if (code.isEmpty()) {
            leaveOut(line, "no such option");
            return;
        }
        List<String> values = line.values().subList(1, line.values().size());
        if (values.isEmpty() || (values.size() == 1 && values.get(0).isEmpty())) {
            boolean isDefault = code.get() == 3 || code.get() == 6;
            if (!isDefault) {
                leaveOut(line, "an option without a value, or one that is not to be sent");
            }
            return; // dnsmasq names itself as router and name server; this server does not
        }
        if (values.contains("0.0.0.0")) {
            leaveOut(line, "0.0.0.0 stands for the host of dnsmasq; write its address");
            return;
        }
        for (Settings settings : tags.levels(line)) {
            set(settings, line, code.get(), values);
            if (isForced) {
                settings.always(DhcpOptions.of(code.get()).map(DhcpOption::name).orElse(String.valueOf(code.get())));
            }
        }
    }

    private void set(Settings settings, DnsmasqLine line, int code, List<String> values) {
        String type = DhcpOptions.of(code)
                .map(DhcpOption::type)
                .map(known -> known.name())
                .orElseGet(() -> guess(values));
        String text =
                switch (type) {
                    case "string" -> String.join(",", values);
                    case "binary" -> binary(values);
                    case "routes" -> routes(values);
                    case "boolean" -> values.get(0).replace("1", "true").replace("0", "false");
                    case "seconds" ->
                        String.valueOf(DnsmasqReader.seconds(values.get(0)).orElse(-1L));
                    default -> String.join(", ", values);
                };
        site.option(settings, line.place(), line.toString(), code + "." + type, text);
    }

    /** As dnsmasq itself does by the look of a value. */
    private static String guess(List<String> values) {
        if (values.stream().allMatch(value -> value.matches("\\d{1,3}(\\.\\d{1,3}){3}"))) {
            return "ip-addresses";
        }
        if (values.size() == 1 && Hex.isOctets(values.get(0))) {
            return "binary";
        }
        if (values.size() == 1 && values.get(0).matches("\\d{1,10}")) {
            long number = Long.parseLong(values.get(0));
            return number <= 0xff ? "uint8" : number <= 0xffff ? "uint16" : "uint32";
        }
        return "string";
    }

    private static String binary(List<String> values) {
        String text = String.join(",", values);
        return Hex.isOctets(text) ? Hex.padded(text) : Hex.of(text);
    }

    /** NET/LEN, router, … in turn. */
    private static String routes(List<String> values) {
        List<String> routes = new ArrayList<>();
        for (int i = 0; i + 1 < values.size(); i += 2) {
            String network = values.get(i).equals("default") ? "0.0.0.0/0" : values.get(i);
            routes.add((network.contains("/") ? network : network + "/32") + " via " + values.get(i + 1));
        }
        return values.size() % 2 == 0 ? String.join(", ", routes) : String.join(", ", values);
    }

    private void leaveOut(DnsmasqLine line, String why) {
        site.leaveOut(line.place(), line.toString(), why);
    }
}
