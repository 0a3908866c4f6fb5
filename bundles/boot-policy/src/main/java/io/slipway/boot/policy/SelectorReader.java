package io.slipway.boot.policy;

import io.slipway.boot.FirmwareArchitecture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a group's {@code match}: label → value or list of values. */
final class SelectorReader {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final Pattern MAC = Pattern.compile("[0-9a-f]*\\*[0-9a-f*]*|[0-9a-f]{12}");
    private static final Pattern UNKNOWN_ARCHITECTURE = Pattern.compile("arch-\\d{1,5}");
    private static final Set<String> TRANSPORTS = Set.of("tftp", "http");

    private SelectorReader() {}

    static Selector read(YamlValue match) throws PolicyException {
        Map<String, List<LabelPattern>> labels = new TreeMap<>();
        for (Map.Entry<String, YamlMapping.Entry> entry : match.mapping(
                        "labels such as { arch: uefi-x64 }, or {} for everybody")
                .entries()
                .entrySet()) {
            if (!LABEL.matcher(entry.getKey()).matches()) {
                throw entry.getValue()
                        .key()
                        .refuse("label '" + YamlComplaint.shorten(entry.getKey())
                                + "'; expected lower-case letters, digits and . _ -");
            }
            labels.put(entry.getKey(), patterns(entry.getKey(), entry.getValue().value()));
        }
        return new Selector(labels);
    }

    private static List<LabelPattern> patterns(String label, YamlValue value) throws PolicyException {
        List<LabelPattern> patterns = new ArrayList<>();
        for (YamlValue item : value.items()) {
            LabelPattern pattern = LabelPattern.of(label, item.text("a value of label '" + label + "'"));
            requirePossible(pattern, item);
            patterns.add(pattern);
        }
        if (patterns.isEmpty()) {
            throw value.refuse("label '" + label + "' has an empty list, which matches nobody; give a value");
        }
        return patterns;
    }

    /** Catches the slips that would make a group match nobody. */
    private static void requirePossible(LabelPattern pattern, YamlValue at) throws PolicyException {
        String text = pattern.canonical();
        switch (pattern.label()) {
            case "mac" -> {
                if (!MAC.matcher(text).matches()) {
                    throw at.refuse("MAC '" + pattern + "'; expected the form 52:54:00:12:34:56 or 52:54:00:*");
                }
            }
            case "arch" -> {
                List<String> names = FirmwareArchitecture.names();
                if (pattern.isExact()
                        && !names.contains(text)
                        && !UNKNOWN_ARCHITECTURE.matcher(text).matches()) {
                    throw at.refuse("unknown architecture '" + pattern + "'" + Nearest.suggestion(text, names));
                }
            }
            case "transport" -> {
                if (pattern.isExact() && !TRANSPORTS.contains(text)) {
                    throw at.refuse("unknown transport '" + pattern + "'" + Nearest.suggestion(text, TRANSPORTS));
                }
            }
            default -> {
                // any value is possible
            }
        }
    }
}
