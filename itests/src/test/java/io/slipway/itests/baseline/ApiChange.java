package io.slipway.itests.baseline;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.header.Attrs;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Type;
import aQute.bnd.version.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A package whose API is not that of the baseline, or whose version is lower.
 *
 * @param packageName of the package
 * @param promised its version in the baseline
 * @param current its version now
 * @param needed the version that the change demands; empty when no version can make up for it, as the package is gone
 * @param elements what changed, a line each
 */
record ApiChange(
        String packageName, Version promised, Version current, Optional<Version> needed, List<String> elements) {

    ApiChange {
        elements = List.copyOf(elements);
    }

    /** Every package that changed, by name; what is new needs no version and is not among them. */
    static List<ApiChange> between(Api baseline, Api current) throws Exception {
        try (Processor reporter = new Processor()) {
            return new Baseline(reporter, new DiffPluginImpl())
                            .baseline(
                                    current.tree(),
                                    exports(current),
                                    baseline.tree(),
                                    exports(baseline),
                                    new Instructions())
                            .stream()
                            .filter(info -> info.packageDiff.getDelta() != Delta.UNCHANGED || isLowered(info))
                            .filter(info -> info.packageDiff.getDelta() != Delta.ADDED)
                            .map(ApiChange::of)
                            .sorted(Comparator.comparing(ApiChange::packageName))
                            .toList();
        }
    }

    /** Whether the package's version tells of the change. */
    boolean isTold() {
        return needed.isPresent() && current.compareTo(needed.get()) >= 0;
    }

    private static boolean isLowered(Baseline.Info info) {
        return info.newerVersion.compareTo(info.olderVersion) < 0;
    }

    private static ApiChange of(Baseline.Info info) {
        List<String> elements = new ArrayList<>();
        collect(info.packageDiff, "", elements);
        return new ApiChange(
                info.packageName,
                info.olderVersion,
                info.newerVersion,
                Optional.ofNullable(info.suggestedVersion),
                elements);
    }

    private static Parameters exports(Api api) {
        Parameters exports = new Parameters();
        for (Map.Entry<String, String> entry : api.versions().entrySet()) {
            exports.add(entry.getKey(), Attrs.create("version", entry.getValue()));
        }
        return exports;
    }

    /** The smallest elements that changed: below one that came or went, all came or went with it. */
    private static void collect(Diff diff, String owner, List<String> elements) {
        if (diff.getDelta() == Delta.UNCHANGED || diff.getType() == Type.VERSION) {
            return;
        }
        String name =
                Stream.of(owner, text(diff)).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
        switch (diff.getDelta()) {
            case ADDED -> elements.add("added: " + name + rule(diff.getNewer().ifAdded()));
            case REMOVED ->
                elements.add("removed: " + name + rule(diff.getOlder().ifRemoved()));
            default -> diff.getChildren().forEach(child -> collect(child, name, elements));
        }
    }

    private static String text(Diff diff) {
        return diff.getType() == Type.PACKAGE
                ? ""
                : diff.getType().name().toLowerCase(Locale.ROOT) + " " + diff.getName();
    }

    private static String rule(Delta delta) {
        return " (" + delta.name().toLowerCase(Locale.ROOT) + ")";
    }
}
