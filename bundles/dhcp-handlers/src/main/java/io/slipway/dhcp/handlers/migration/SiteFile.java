package io.slipway.dhcp.handlers.migration;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A file of this server's configuration.
 *
 * @param kind the PID, or the factory's PID, that such files have
 * @param label what tells it from others of its kind; empty when it is the only one
 * @param origin where that stood which it says
 */
public record SiteFile(String kind, String label, String origin, Map<String, String> values) {
    public SiteFile {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(origin, "origin");
        values = new TreeMap<>(values);
    }

    /** Of the file in etc/. */
    String name() {
        return kind + (label.isEmpty() ? "" : "-" + label) + ".cfg";
    }

    String text() {
        StringBuilder text = new StringBuilder("# From " + origin + "\n");
        values.forEach((key, value) ->
                text.append(key).append(" = ").append(escaped(value)).append('\n'));
        return text.toString();
    }

    /** The container resolves backslashes and variables, and reads no more than ASCII everywhere alike. */
    private static String escaped(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                text.append("\\\\");
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString().replace("${", "$\\\\{");
    }
}
