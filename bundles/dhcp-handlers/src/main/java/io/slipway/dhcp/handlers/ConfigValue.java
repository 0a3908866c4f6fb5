package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One value of a configuration, with the file and key it stands at, so that a refusal names them. */
record ConfigValue(String file, String key, String text) {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,10})\\s*([smhd]?)");
    private static final Map<String, Integer> SECONDS = Map.of("", 1, "s", 1, "m", 60, "h", 3600, "d", 86400);
    private static final long LONGEST = 0xffff_fffeL;

    /** The values of a list: array elements, each of which may itself be a list with commas or blanks. */
    static List<ConfigValue> list(String file, String key, String... texts) {
        return Arrays.stream(texts)
                .flatMap(text -> Arrays.stream(text.split("[,\\s]+")))
                .filter(text -> !text.isEmpty())
                .map(text -> new ConfigValue(file, key, text))
                .toList();
    }

    boolean isBlank() {
        return text.isBlank();
    }

    Inet4Address address() {
        return parsed(Addresses::parse, "an IPv4 address such as 192.0.2.1");
    }

    Network network() {
        return parsed(Network::parse, "a network such as 192.0.2.0/24, prefix 8 to 30, no host bits set");
    }

    AddressRange range() {
        return parsed(AddressRange::parse, "a range such as 192.0.2.100-192.0.2.200, its start not after its end");
    }

    /** {@code 45s}, {@code 30m}, {@code 12h}, {@code 7d}, or whole seconds without a unit; at least one second. */
    Duration duration() {
        Matcher matcher = DURATION.matcher(text.strip());
        long seconds = matcher.matches() ? Long.parseLong(matcher.group(1)) * SECONDS.get(matcher.group(2)) : 0;
        if (seconds < 1 || seconds > LONGEST) {
            throw refused("a time such as 45s, 30m, 12h or 7d, at least 1s");
        }
        return Duration.ofSeconds(seconds);
    }

    int number(int least, int most) {
        String digits = text.strip();
        // As many digits as fit an int: more would be refused all the same.
        long value = digits.matches("\\d{1,10}") ? Long.parseLong(digits) : -1;
        if (value < least || value > most) {
            throw refused("a whole number, " + least + " to " + most);
        }
        return (int) value;
    }

    /** To be thrown: this value is not what was expected. */
    IllegalArgumentException refused(String expected) {
        return new IllegalArgumentException(file + ": " + key + " = '" + text + "'; expected " + expected);
    }

    /** To be thrown: this value is not what was expected, because of a failure. */
    IllegalArgumentException refused(String expected, Throwable cause) {
        IllegalArgumentException refusal = refused(expected);
        refusal.initCause(cause);
        return refusal;
    }

    private <T> T parsed(Function<String, T> parser, String expected) {
        try {
            return parser.apply(text.strip());
        } catch (IllegalArgumentException e) {
            throw refused(expected, e);
        }
    }
}
