package io.slipway.boot.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

/** The keys and values of a mapping, each key once, in the order of the file. */
final class YamlMapping {

    /** A key as it is written, and its value. */
    record Entry(YamlValue key, YamlValue value) {}

    private static final int MAX_TITLE = 100;

    private final YamlValue self;
    private final Map<String, Entry> entries;

    private YamlMapping(YamlValue self, Map<String, Entry> entries) {
        this.self = self;
        this.entries = Collections.unmodifiableMap(entries);
    }

    static YamlMapping of(YamlValue self, MappingNode node) throws PolicyException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            YamlValue key = new YamlValue(self.file(), tuple.getKeyNode());
            Entry entry = new Entry(key, new YamlValue(self.file(), tuple.getValueNode()));
            String name = key.text("a key");
            Entry first = entries.putIfAbsent(name, entry);
            if (first != null) {
                throw key.refuse("'" + name + "' is here twice; the first is at "
                        + first.key.place().fileAndLine());
            }
        }
        return new YamlMapping(self, entries);
    }

    void requireKnown(Set<String> known) throws PolicyException {
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw entry.getValue()
                        .key
                        .refuse("unknown key '" + YamlComplaint.shorten(entry.getKey()) + "'"
                                + Nearest.suggestion(entry.getKey(), known));
            }
        }
    }

    Map<String, Entry> entries() {
        return entries;
    }

    Optional<YamlValue> find(String key) {
        return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }

    /** The value of a key that must be there. */
    YamlValue get(String key) throws PolicyException {
        return find(key).orElseThrow(() -> self.refuse("'" + key + "' is missing"));
    }

    /** The text of a key, if it is there. */
    Optional<String> text(String key, String what) throws PolicyException {
        Optional<YamlValue> value = find(key);
        return value.isPresent() ? Optional.of(value.get().text(what)) : Optional.empty();
    }

    /** What people read on a menu's line, if it is there. */
    Optional<String> title() throws PolicyException {
        Optional<String> title = text("title", "a title");
        if (title.isPresent() && title.get().length() > MAX_TITLE) {
            throw get("title").refuse("a title of " + title.get().length() + " characters; at most " + MAX_TITLE);
        }
        return title;
    }

    /** Refuses keys that make no sense beside another. */
    void forbid(Collection<String> keys, String because) throws PolicyException {
        for (String key : keys) {
            Entry entry = entries.get(key);
            if (entry != null) {
                throw entry.key.refuse("'" + key + "' " + because);
            }
        }
    }
}
