package io.slipway.dhcp.handlers.migration;

import io.slipway.dhcp.codec.ClasslessRoute;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.OptionSetting;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Kea's {@code option-data} and {@code option-def}. */
final class KeaOptions {

    private record Defined(int code, String type) {}

    private static final Map<String, String> TYPES = Map.of(
            "string", "string",
            "binary", "binary",
            "boolean", "boolean",
            "empty", "flag",
            "uint8", "uint8",
            "uint16", "uint16",
            "uint32", "uint32",
            "int32", "int32",
            "ipv4-address", "ip-address",
            "fqdn", "domain-names");

    private static final Map<String, String> LISTS = Map.of(
            "uint8", "uint8s", "uint16", "uint16s", "ip-address", "ip-addresses", "domain-names", "domain-names");

    private final Source source;
    private final Site site;
    private final Map<String, Defined> defined = new HashMap<>();

    KeaOptions(Source source, Site site) {
        this.source = source;
        this.site = site;
    }

    Optional<Integer> code(String name) {
        if (defined.containsKey(name)) {
            return Optional.of(defined.get(name).code());
        }
        try {
            return Optional.of(OptionSetting.code(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    void define(JsonValue definition) {
        String name = definition.text("name");
        String type = TYPES.get(definition.text("type"));
        if (type != null && definition.isTrue("array")) {
            type = LISTS.get(type);
        }
        String code = definition.text("code");
        boolean isOurs =
                definition.text("space").isEmpty() || definition.text("space").equals("dhcp4");
        if (type == null
                || !isOurs
                || !code.matches("\\d{1,3}")
                || !definition.text("encapsulate").isEmpty()) {
            site.leaveOut(
                    source.at(definition.line()),
                    "option-def " + name,
                    isOurs ? "an option of such a type cannot be defined here" : "it is an option within an option");
            return;
        }
        defined.put(name, new Defined(Integer.parseInt(code), type));
        defined.put(code, new Defined(Integer.parseInt(code), type));
    }

    /** Reads an array of {@code option-data} into settings. */
    void set(JsonValue array, Settings settings) {
        array.items().forEach(item -> one(item, settings));
    }

    private void one(JsonValue item, Settings settings) {
        String name = item.text("name").isEmpty() ? item.text("code") : item.text("name");
        Place place = source.at(item.line());
        String what = "option-data " + name;
        String space = item.text("space");
        if (!space.isEmpty() && !space.equals("dhcp4")) {
            site.leaveOut(place, what, "options within options are not made of parts here; write the bytes as one");
            return;
        }
        Optional<Integer> code = code(name).or(() -> code(item.text("code")));
        if (code.isEmpty()) {
            site.leaveOut(place, what, "no such option");
            return;
        }
        if (item.isTrue("never-send")) {
            site.leaveOut(place, what, "an option is not taken away again");
            return;
        }
        for (String key : item.members().keySet()) {
            if (key.equals("client-classes")) {
                site.leaveOut(place, what, "only for some classes; put it into their groups");
                return;
            }
        }
        boolean isHex = item.get("csv-format")
                .filter(format -> format.value().filter(Boolean.FALSE::equals).isPresent())
                .isPresent();
        Optional<String> type = Optional.ofNullable(defined.get(name))
                .map(Defined::type)
                .or(() -> DhcpOptions.of(code.get()).map(DhcpOption::type).map(known -> known.name()));
        set(settings, place, what, code.get(), isHex ? "binary" : type.orElse("binary"), item.text("data"));
        if (item.isTrue("always-send")) {
            settings.always(DhcpOptions.of(code.get()).map(DhcpOption::name).orElse(String.valueOf(code.get())));
        }
    }

    private void set(Settings settings, Place place, String what, int code, String type, String data) {
        String text = data.strip();
        if (type.equals("binary")) {
            text = text.replaceAll("^0[xX]", "").replaceAll("[:\\s]", "");
            text = text.startsWith("'") ? Hex.of(data.strip().replace("'", "")) : text;
        } else if (type.equals("string")) {
            text = text.replace("\\,", ",");
        } else if (type.equals("routes") && text.contains(" - ")) {
            text = text.replace(" - ", " via ");
        } else if (type.equals("routes") && !text.contains(" via ")) {
            type = "binary"; // as octets with commas, before Kea 2.6 knew routes
            text = routes(text);
        } else if (type.equals("flag")) {
            text = "true";
        } else if (type.equals("boolean")) {
            text = text.equals("1") ? "true" : text.equals("0") ? "false" : text;
        }
        site.option(settings, place, what, code + "." + type, text);
    }

    private static String routes(String text) {
        if (text.matches("(0[xX])?[0-9A-Fa-f]+")) {
            return text.replaceFirst("^0[xX]", "");
        }
        StringBuilder hex = new StringBuilder();
        for (String octet : text.split("[,.\\s]+")) {
            if (!octet.matches("\\d{1,3}")) {
                return text + " is not " + ClasslessRoute.class.getSimpleName();
            }
            hex.append(HexFormat.of().toHexDigits((byte) Integer.parseInt(octet)));
        }
        return hex.toString();
    }
}
