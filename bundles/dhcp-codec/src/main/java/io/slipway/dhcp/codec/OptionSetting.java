package io.slipway.dhcp.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An option as somebody has configured it.
 *
 * @param code 1 to 254
 * @param value its bytes; do not change them
 */
@SuppressWarnings("ArrayRecordComponent") // read to be sent, never compared
public record OptionSetting(int code, byte[] value) {

    /** What the server says of itself and of the lease, or what only clients and relay agents say. */
    private static final Map<Integer, String> FORBIDDEN = Map.ofEntries(
            Map.entry(50, "clients say it"),
            Map.entry(51, "the key leaseTime sets it"),
            Map.entry(52, "the server sets it"),
            Map.entry(53, "the server sets it"),
            Map.entry(54, "the server sets it"),
            Map.entry(55, "clients say it"),
            Map.entry(56, "the server sets it"),
            Map.entry(57, "clients say it"),
            Map.entry(61, "clients say it"),
            Map.entry(80, "the key rapidCommit sets it"),
            Map.entry(82, "relay agents say it"),
            Map.entry(118, "clients say it"));

    /** Names that other servers' manuals use. */
    private static final Map<String, Integer> ALIASES = Map.ofEntries(
            Map.entry("router", 3),
            Map.entry("dns-server", 6),
            Map.entry("hostname", 12),
            Map.entry("domain", 15),
            Map.entry("mtu", 26),
            Map.entry("bootfile-name", 67),
            Map.entry("tftp-server", 66),
            Map.entry("user-class-id", 77),
            Map.entry("domain-search-list", 119),
            Map.entry("classless-static-route", 121),
            Map.entry("rfc3442-classless-static-routes", 121),
            Map.entry("ms-classless-static-routes", 249));

    /**
     * Reads an option.
     *
     * @param key a name, a number of the table, or either with a type behind a dot: {@code routers}, {@code 3},
     *     {@code 224.string}
     * @param text the value; of types that repeat, with commas
     * @throws IllegalArgumentException it cannot be; the message says what was expected, to be put behind "expected"
     */
    public static OptionSetting parse(String key, String text) {
        int dot = key.indexOf('.');
        String name = dot < 0 ? key : key.substring(0, dot);
        int code = code(name);
        OptionType<?> type = dot < 0 ? type(code) : namedType(key.substring(dot + 1));
        String forbidden = FORBIDDEN.get(code);
        if (forbidden != null) {
            throw new IllegalArgumentException("an option that can be configured: of " + name + ", " + forbidden);
        }
        try {
            return new OptionSetting(code, type.bytes(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(type.expected(), e);
        }
    }

    /**
     * The code of an option's name or number.
     *
     * @throws IllegalArgumentException there is no such option; the message is as that of {@link #parse}
     */
    public static int code(String name) {
        if (name.matches("\\d{1,3}")) {
            int code = Integer.parseInt(name);
            if (code < 1 || code > 254) {
                throw new IllegalArgumentException("an option's number, 1 to 254");
            }
            return code;
        }
        return DhcpOptions.named(name)
                .<Integer>map(DhcpOption::code)
                .or(() -> Optional.ofNullable(ALIASES.get(name)))
                .orElseThrow(() -> new IllegalArgumentException("the name of an option, or its number and type such as "
                        + "224.string; there is no option " + name + nearest(name)));
    }

    private static String nearest(String name) {
        Set<String> names = DhcpOptions.all().stream().map(DhcpOption::name).collect(Collectors.toSet());
        return Spelling.nearest(name, names)
                .map(near -> "; is it " + near + "?")
                .orElse("");
    }

    private static OptionType<?> type(int code) {
        return DhcpOptions.of(code)
                .<OptionType<?>>map(DhcpOption::type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a type behind the number of an option that is not in the table, such as " + code
                                + ".string; types are " + String.join(", ", OptionType.names())));
    }

    private static OptionType<?> namedType(String name) {
        List<String> names = List.copyOf(OptionType.names());
        return OptionType.named(name)
                .orElseThrow(() -> new IllegalArgumentException("a type behind the dot, one of "
                        + String.join(", ", names)
                        + Spelling.nearest(name, names)
                                .map(near -> "; is it " + near + "?")
                                .orElse("")));
    }
}
