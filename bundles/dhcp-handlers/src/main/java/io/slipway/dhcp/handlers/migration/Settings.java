package io.slipway.dhcp.handlers.migration;

import io.netty.handler.codec.DecoderException;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.OptionSetting;
import io.slipway.dhcp.codec.OptionType;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one level says: options and lease times, by the keys that this server's own files have. */
public final class Settings {

    public static final String LEASE_TIME = "leaseTime";
    public static final String MIN_LEASE_TIME = "minLeaseTime";
    public static final String BOOT_LEASE_TIME = "bootLeaseTime";

    /** The longest time that a file takes, one second less than infinity (RFC 2131 section 3.3). */
    static final long LONGEST = 0xffff_fffeL;

    private static final String OPTION = "option.";

    /** Types that machines' options take, too. */
    private static final Set<String> COMMON_TYPES =
            Set.of("string", "uint8", "uint16", "uint32", "ip-address", "ip-addresses", "binary");

    private final Map<String, String> options = new TreeMap<>();
    private final Map<String, Long> times = new TreeMap<>();
    private final Set<String> always = new TreeSet<>();

    /**
     * Sets an option.
     *
     * @param key a name, a number, or a number and a type
     * @throws IllegalArgumentException it cannot be; the message says what was expected
     */
    public void option(String key, String text) {
        OptionSetting setting = OptionSetting.parse(key, text);
        int dot = key.indexOf('.');
        option(setting.code(), setting.value(), dot < 0 ? "binary" : key.substring(dot + 1));
    }

    /** Sets an option from its bytes. */
    public void option(int code, byte[] value) {
        option(code, value, "binary");
    }

    private void option(int code, byte[] value, String typeOutsideOfTable) {
        Optional<DhcpOption<?>> known = DhcpOptions.of(code);
        try {
            if (known.isPresent()) {
                options.put(known.get().name(), known.get().type().text(value));
            } else {
                String type = COMMON_TYPES.contains(typeOutsideOfTable) ? typeOutsideOfTable : "binary";
                options.keySet().removeIf(key -> key.startsWith(code + "."));
                options.put(
                        code + "." + type, OptionType.named(type).orElseThrow().text(value));
            }
        } catch (DecoderException e) {
            throw new IllegalArgumentException(
                    known.map(option -> option.type().expected()).orElse("bytes of that type"), e);
        }
        // What cannot be read back would be refused later, where nobody knows where it came from.
        String key = known.<String>map(DhcpOption::name).orElse(code + ".");
        options.forEach((name, text) -> {
            if (name.startsWith(key)) {
                OptionSetting.parse(name, text);
            }
        });
    }

    /** Options of an outer level that this one does not set, and its times. */
    void inherit(Settings outer) {
        outer.options.forEach(options::putIfAbsent);
        outer.times.forEach(times::putIfAbsent);
        always.addAll(outer.always);
    }

    /** An option is told unasked. */
    public void always(String name) {
        always.add(name);
    }

    /** Sets a lease time; more than a file takes becomes the most that it does. */
    public void time(String key, long seconds) {
        times.put(key, Math.max(1, Math.min(seconds, LONGEST)));
    }

    public Optional<Long> time(String key) {
        return Optional.ofNullable(times.get(key));
    }

    void dropTime(String key) {
        times.remove(key);
    }

    /** By name, or by number and type. */
    public Map<String, String> options() {
        return Collections.unmodifiableMap(options);
    }

    public Set<String> always() {
        return Collections.unmodifiableSet(always);
    }

    boolean isEmpty() {
        return options.isEmpty() && times.isEmpty() && always.isEmpty();
    }

    /** As lines of a file have them. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        options.forEach((name, text) -> texts.put(OPTION + name, text));
        times.forEach((key, seconds) -> texts.put(key, duration(seconds)));
        if (!always.isEmpty()) {
            texts.put("always", String.join(", ", always));
        }
        return texts;
    }

    /** In the greatest unit that gives a whole number. */
    static String duration(long seconds) {
        if (seconds % 86400 == 0) {
            return seconds / 86400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Settings settings && texts().equals(settings.texts());
    }

    @Override
    public int hashCode() {
        return texts().hashCode();
    }

    @Override
    public String toString() {
        return texts().toString();
    }
}
