package io.slipway.dhcp.handlers.migration;

import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.OptionSetting;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** ISC dhcpd's {@code option} statements: values, and definitions of further options. */
final class IscOptions {

    private record Defined(int code, String type) {}

    /** Names of ISC dhcpd that the table has otherwise. */
    private static final Map<String, Integer> NAMES = Map.of(
            "pxe-system-type", 93,
            "pxe-interface-id", 94,
            "pxe-client-id", 97,
            "default-url", 114,
            "ieee802-3-encapsulation", 36,
            "nds-context", 87,
            "slp-service-scope", 79,
            "mobile-ip-home-agent", 68,
            "user-class", 77);

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("text", "string"),
            Map.entry("string", "string"),
            Map.entry("boolean", "boolean"),
            Map.entry("ip-address", "ip-address"),
            Map.entry("array of ip-address", "ip-addresses"),
            Map.entry("integer 8", "uint8"),
            Map.entry("unsigned integer 8", "uint8"),
            Map.entry("integer 16", "uint16"),
            Map.entry("unsigned integer 16", "uint16"),
            Map.entry("integer 32", "uint32"),
            Map.entry("signed integer 32", "int32"),
            Map.entry("unsigned integer 32", "uint32"),
            Map.entry("array of integer 8", "uint8s"),
            Map.entry("array of unsigned integer 8", "uint8s"),
            Map.entry("array of integer 16", "uint16s"),
            Map.entry("array of unsigned integer 16", "uint16s"),
            Map.entry("domain-list", "domain-names"));

    private final Site site;
    private final Map<String, Defined> defined = new HashMap<>();

    IscOptions(Site site) {
        this.site = site;
    }

    /** The code of a name. */
    Optional<Integer> code(String name) {
        if (defined.containsKey(name)) {
            return Optional.of(defined.get(name).code());
        }
        try {
            return Optional.of(NAMES.containsKey(name) ? NAMES.get(name) : OptionSetting.code(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Takes {@code option NAME code N = TYPE;} for later. False when it is no definition. */
    boolean define(IscStatement statement) {
        boolean isDefinition = statement.word(2).equals("code")
                && statement.word(3).matches("\\d{1,3}")
                && statement.word(4).equals("=");
        if (statement.begins("option", "space")) {
            site.leaveOut(
                    statement.place(),
                    statement.toString(),
                    "options within options are not made of parts here; write the bytes as one option in hexadecimal");
            return true;
        }
        if (isDefinition) {
            String name = statement.word(1);
            int code = Integer.parseInt(statement.word(3));
            String type = statement.from(5).stream().map(IscToken::text).collect(Collectors.joining(" "));
            if (TYPES.containsKey(type) && !name.contains(".") && code >= 1 && code <= 254) {
                defined.put(name, new Defined(code, TYPES.get(type)));
            } else {
                site.leaveOut(
                        statement.place(), statement.toString(), "an option of such a type cannot be defined here");
            }
        }
        return isDefinition;
    }

    /** Reads {@code option NAME VALUE, …;} into settings. */
    void set(IscStatement statement, Settings settings) {
        String name = statement.word(1);
        Optional<Integer> code = code(name);
        if (code.isEmpty()) {
            site.leaveOut(
                    statement.place(),
                    statement.toString(),
                    name.contains(".") ? "options within options are not made of parts here" : "no such option");
            return;
        }
        String type = Optional.ofNullable(defined.get(name))
                .map(Defined::type)
                .or(() -> DhcpOptions.of(code.get()).map(DhcpOption::type).map(known -> known.name()))
                .orElse("string");
        List<IscToken> values =
                statement.from(2).stream().filter(token -> !token.isSign(",")).toList();
        boolean isExpression = values.stream().anyMatch(token -> token.isSign("(") || token.isSign("="))
                || (values.size() > 1
                        && values.get(0).kind() == IscToken.Kind.WORD
                        && values.get(0).text().matches("concat|option|config-option|pick|suffix"));
        if (isExpression) {
            site.leaveOut(statement.place(), statement.toString(), "a value that is computed");
            return;
        }
        if (type.equals("string") && values.size() == 1 && isOctets(values.get(0))) {
            type = "binary";
        }
        site.option(settings, statement.place(), statement.toString(), code.get() + "." + type, text(type, values));
    }

    private static String text(String type, List<IscToken> values) {
        return switch (type) {
            case "string" -> values.stream().map(IscToken::text).collect(Collectors.joining(" "));
            case "binary" ->
                values.stream()
                        .map(token -> isOctets(token) ? Hex.padded(token.text()) : Hex.of(token.text()))
                        .collect(Collectors.joining());
            case "boolean" ->
                values.stream()
                        .map(token -> token.text().toLowerCase(Locale.ROOT))
                        .map(text -> text.equals("on") ? "true" : text.equals("off") ? "false" : text)
                        .collect(Collectors.joining(" "));
            default -> values.stream().map(IscToken::text).collect(Collectors.joining(", "));
        };
    }

    private static boolean isOctets(IscToken token) {
        return token.kind() == IscToken.Kind.WORD && Hex.isOctets(token.text());
    }
}
