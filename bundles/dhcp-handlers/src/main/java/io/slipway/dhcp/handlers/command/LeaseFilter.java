package io.slipway.dhcp.handlers.command;

import io.slipway.boot.MacAddress;
import io.slipway.boot.Machine;
import io.slipway.dhcp.handlers.Lease;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which leases an operator wants to see, from what is written behind the command's options. */
final class LeaseFilter {

    private static final Pattern MAC = Pattern.compile("[0-9a-f:*?]+");

    private LeaseFilter() {}

    /** A whole address in any form, its beginning, or a pattern with {@code *} and {@code ?}. */
    static Predicate<MacAddress> mac(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT).replace('-', ':');
        if (!MAC.matcher(wanted).matches()) {
            throw new IllegalArgumentException(
                    "MAC address '" + text + "'; expected such as 52:54:00:12:34:56, 52:54:00 or *:34:56");
        }
        if (wanted.matches("[0-9a-f]{12}")) {
            return MacAddress.parse(wanted)::equals;
        }
        boolean isWhole = wanted.length() == 17 || wanted.contains("*") || wanted.contains("?");
        Pattern pattern = glob(isWhole ? wanted : wanted + "*");
        return mac -> pattern.matcher(mac.toString()).matches();
    }

    /** A pattern of the name of the machine, or of that which the client gives itself. */
    static Predicate<Lease> name(String text, Function<Lease, Optional<Machine>> machines) {
        Pattern pattern = glob(text);
        return lease -> pattern.matcher(lease.hostName()).matches()
                || machines.apply(lease)
                        .filter(machine -> pattern.matcher(machine.name()).matches())
                        .isPresent();
    }

    /** Stars in a row are one: several would take for ever on a long name. */
    private static Pattern glob(String text) {
        StringBuilder expression = new StringBuilder();
        for (char c : text.replaceAll("\\*+", "*").toCharArray()) {
            expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(expression.toString(), Pattern.CASE_INSENSITIVE);
    }
}
