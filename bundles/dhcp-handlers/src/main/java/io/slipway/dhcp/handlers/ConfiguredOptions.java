package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.DhcpOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The options of one level of the configuration: their bytes by code, and which are told unasked. Immutable. */
final class ConfiguredOptions {

    static final ConfiguredOptions NONE = new ConfiguredOptions(Map.of(), Set.of());

    private final Map<Integer, byte[]> values;
    private final Set<Integer> always;

    /**
     * @param always codes of options that are told also to those who do not ask; of this level or any other
     */
    ConfiguredOptions(Map<Integer, byte[]> values, Set<Integer> always) {
        this.values = Collections.unmodifiableMap(new TreeMap<>(values));
        this.always = Collections.unmodifiableSet(new TreeSet<>(always));
    }

    /** By code; do not change the arrays. */
    Map<Integer, byte[]> values() {
        return values;
    }

    /** Codes of options that are told unasked. */
    Set<Integer> always() {
        return always;
    }

    /** These, and an option more that is told when asked for. */
    <T> ConfiguredOptions with(DhcpOption<T> option, T value) {
        Map<Integer, byte[]> all = new TreeMap<>(values);
        all.put(option.code(), option.type().encode().apply(value));
        return new ConfiguredOptions(all, always);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfiguredOptions options
                && always.equals(options.always)
                && values.keySet().equals(options.values.keySet())
                && values.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), options.values.get(entry.getKey())));
    }

    @Override
    public int hashCode() {
        return Objects.hash(values.keySet(), always);
    }

    @Override
    public String toString() {
        return values.keySet() + (always.isEmpty() ? "" : " always " + always);
    }
}
