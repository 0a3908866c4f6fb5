package io.slipway.state.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the administrator set.
 *
 * @param folder where the log is
 */
record Settings(Path folder, Limits limits) {

    private static final int MEGABYTE = 1 << 20;

    /**
     * @param containerFolder the container's own data folder, if it says one; the default is in there
     * @throws IllegalArgumentException naming the key, the value and what was expected
     */
    static Settings of(EmbeddedStateStore.Config config, Optional<String> containerFolder) {
        return new Settings(
                folder(config.folder().trim(), containerFolder),
                new Limits(
                        within("queueCapacity", config.queueCapacity(), 1_000_000),
                        within("watchBacklog", config.watchBacklog(), 1_000_000),
                        within("reserveMegabytes", config.reserveMegabytes(), 1024) * MEGABYTE,
                        (long) within("compactAboveMegabytes", config.compactAboveMegabytes(), 65_536) * MEGABYTE,
                        Limits.DEFAULT.gatherFor(),
                        Limits.DEFAULT.repairPause(),
                        Limits.DEFAULT.closeWithin()));
    }

    private static Path folder(String folder, Optional<String> containerFolder) {
        if (folder.contains("${")) {
            throw invalid("folder", folder, "a path; nothing replaced the placeholder");
        }
        if (!folder.isEmpty()) {
            return Path.of(folder);
        }
        return containerFolder
                .map(found -> Path.of(found, "state"))
                .orElseThrow(() -> invalid("folder", folder, "a path, because karaf.data is not set either"));
    }

    /** The container, which could make it a number as well, would not say which key has none. */
    private static int within(String key, String text, int most) {
        String expected = "1 to " + most;
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw invalid(key, text, expected);
        }
        throw invalid(key, text, expected);
    }

    private static IllegalArgumentException invalid(String key, String value, String expected) {
        return new IllegalArgumentException(
                "etc/" + EmbeddedStateStore.PID + ".cfg: " + key + " = '" + value + "'; expected " + expected);
    }
}
