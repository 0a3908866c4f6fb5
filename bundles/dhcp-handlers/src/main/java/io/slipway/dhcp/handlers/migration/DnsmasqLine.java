package io.slipway.dhcp.handlers.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A line of dnsmasq's configuration.
 *
 * @param key such as {@code dhcp-range}
 * @param tags that a client must have for it, as {@code tag:NAME} says them; {@code !NAME} that it must not
 * @param sets the tags that it gives
 * @param values what else stands between its commas
 */
record DnsmasqLine(Place place, String key, List<String> tags, List<String> sets, List<String> values) {

    DnsmasqLine {
        Objects.requireNonNull(place, "place");
        tags = List.copyOf(tags);
        sets = List.copyOf(sets);
        values = List.copyOf(values);
    }

    static DnsmasqLine of(Place place, String text) {
        int equals = text.indexOf('=');
        String key = (equals < 0 ? text : text.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
        List<String> tags = new ArrayList<>();
        List<String> sets = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (String part : equals < 0 ? List.<String>of() : parts(text.substring(equals + 1))) {
            if (part.startsWith("tag:") || part.startsWith("net:")) {
                tags.add(part.substring(4));
            } else if (part.startsWith("set:")) {
                sets.add(part.substring(4));
            } else {
                values.add(part);
            }
        }
        return new DnsmasqLine(place, key.replaceFirst("^--", ""), tags, sets, values);
    }

    /** Between commas, but for those in quotes. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                parts.add(part.toString().strip());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString().strip());
        return parts;
    }

    String value(int index) {
        return index < values.size() ? values.get(index) : "";
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        tags.forEach(tag -> all.add("tag:" + tag));
        sets.forEach(tag -> all.add("set:" + tag));
        all.addAll(values);
        return all.isEmpty() ? key : key + "=" + String.join(",", all);
    }
}
