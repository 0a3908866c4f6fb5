package io.slipway.dhcp.handlers.migration;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, collections, texts, numbers and truths as JSON, indented, as people read it. */
final class JsonText {

    private JsonText() {}

    static String of(Object value) {
        return of(value, "");
    }

    private static String of(Object value, String indent) {
        String inner = indent + "  ";
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : map.entrySet().stream()
                            .map(entry -> inner + SiteWriter.quoted(String.valueOf(entry.getKey())) + ": "
                                    + of(entry.getValue(), inner))
                            .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
        }
        if (value instanceof Collection<?> items) {
            return items.isEmpty()
                    ? "[]"
                    : items.stream()
                            .map(item -> inner + of(item, inner))
                            .collect(Collectors.joining(",\n", "[\n", "\n" + indent + "]"));
        }
        return value instanceof String text ? SiteWriter.quoted(text) : String.valueOf(value);
    }
}
