package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.Spelling;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One file of the configuration as it was read.
 *
 * @param kind the PID, or the factory's PID, that such files have
 * @param label what tells it from others of its kind: {@code lan}; empty when it is the only one
 * @param texts by key
 */
record ConfigFile(String kind, String label, Map<String, String> texts) {

    private static final String FILE_NAME = "felix.fileinstall.filename";

    /** What the container adds to a file's own keys. */
    private static final List<String> FOREIGN = List.of("service.", "felix.", "component.", "org.apache.", ".");

    ConfigFile {
        texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    /** As the container hands it out. */
    static ConfigFile of(String kind, Dictionary<String, ?> properties) {
        Map<String, String> texts = new TreeMap<>();
        for (String key : Collections.list(properties.keys())) {
            if (FOREIGN.stream().noneMatch(key::startsWith)) {
                texts.put(key, text(properties.get(key)));
            }
        }
        return new ConfigFile(kind, label(kind, properties), texts);
    }

    /** Fileinstall says which file it was, as a URI; without it the PID has a name behind its tilde. */
    private static String label(String kind, Dictionary<String, ?> properties) {
        Object uri = properties.get(FILE_NAME);
        if (uri != null) {
            String file = uri.toString().substring(uri.toString().lastIndexOf('/') + 1);
            return file.startsWith(kind + "-") && file.contains(".")
                    ? file.substring(kind.length() + 1, file.lastIndexOf('.'))
                    : "";
        }
        String pid = String.valueOf(properties.get("service.pid"));
        return pid.startsWith(kind + "~") || pid.startsWith(kind + ".") ? pid.substring(kind.length() + 1) : "";
    }

    /** A value is a text or, from files of other forms, several. */
    private static String text(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .mapToObj(i -> String.valueOf(Array.get(value, i)))
                    .collect(Collectors.joining(", "));
        }
        return value.toString();
    }

    /** As people know it: {@code etc/io.slipway.dhcp.subnet-lan.cfg}. */
    String name() {
        return "etc/" + kind + (label.isEmpty() ? "" : "-" + label) + ".cfg";
    }

    /** The value of a key; blank when it is not set. */
    ConfigValue value(String key) {
        return new ConfigValue(name(), key, texts.getOrDefault(key, ""));
    }

    /** The value of a key; empty when it is not set, or blank. */
    Optional<ConfigValue> present(String key) {
        return Optional.of(value(key)).filter(value -> !value.isBlank());
    }

    /** The values of a list, with commas or blanks between. */
    List<ConfigValue> list(String key) {
        return ConfigValue.list(name(), key, value(key).text());
    }

    /** Values whose keys begin with a prefix, by key. */
    List<ConfigValue> startingWith(String prefix) {
        return texts.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(this::value)
                .toList();
    }

    /**
     * @param prefixes of keys that go on with a name, such as {@code option.}
     * @throws IllegalArgumentException a key is none of these; the message has the one that is meant, perhaps
     */
    void requireKnown(Set<String> keys, Set<String> prefixes) {
        for (String key : texts.keySet()) {
            boolean isKnown = keys.contains(key) || prefixes.stream().anyMatch(key::startsWith);
            if (!isKnown) {
                String nearest = Spelling.nearest(key, keys)
                        .map(near -> "; is it " + near + "?")
                        .orElse("");
                throw value(key).refused("a key of this file, one of " + names(keys, prefixes) + nearest);
            }
        }
    }

    private static String names(Set<String> keys, Set<String> prefixes) {
        return Stream.concat(keys.stream(), prefixes.stream().map(prefix -> prefix + "NAME"))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
