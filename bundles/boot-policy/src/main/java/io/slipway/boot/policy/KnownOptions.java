package io.slipway.boot.policy;

import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows the options of the codec's table by name, and the forms of a number with a type. */
final class KnownOptions implements OptionCheck {

    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,3})(?:\\.([a-z0-9-]+))?");
    private static final Set<String> TYPES =
            Set.of("string", "uint8", "uint16", "uint32", "seconds", "ip-address", "ip-addresses", "routes", "binary");
    private static final List<String> NAMES =
            DhcpOptions.all().stream().map(DhcpOption::name).toList();
    /** These hold an exchange together: the server alone can say them. */
    private static final Set<Integer> OF_THE_EXCHANGE = Set.of(50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 61, 82);

    @Override
    public Optional<String> fault(String option, String value) {
        Matcher numbered = NUMBERED.matcher(option);
        return numbered.matches()
                ? ofNumber(option, Integer.parseInt(numbered.group(1)), Optional.ofNullable(numbered.group(2)))
                : ofName(option);
    }

    private static Optional<String> ofName(String option) {
        Optional<DhcpOption<?>> known = DhcpOptions.named(option);
        return known.isPresent()
                ? ofExchange(option, known.get().code())
                : Optional.of("unknown option '" + YamlComplaint.shorten(option) + "'"
                        + Nearest.suggestion(option, NAMES) + "; or a number and a type, such as 224.string");
    }

    private static Optional<String> ofNumber(String option, int code, Optional<String> type) {
        if (code < 1 || code > 254) {
            return Optional.of("option " + option + "; expected a number of 1 to 254");
        }
        if (type.isEmpty() && DhcpOptions.of(code).isEmpty()) {
            return Optional.of("option " + option + " needs a type, such as " + code + ".string; expected one of "
                    + String.join(", ", new TreeSet<>(TYPES)));
        }
        if (type.isPresent() && !TYPES.contains(type.get())) {
            return Optional.of("option " + option + ": unknown type '" + YamlComplaint.shorten(type.get()) + "'"
                    + Nearest.suggestion(type.get(), TYPES));
        }
        return ofExchange(option, code);
    }

    private static Optional<String> ofExchange(String option, int code) {
        return OF_THE_EXCHANGE.contains(code)
                ? Optional.of("option '" + option + "' is part of every exchange and set by the server"
                        + (code == 51 ? "; for the lease time write leaseTime" : ""))
                : Optional.empty();
    }
}
