package io.slipway.image.catalog;

import io.slipway.image.catalog.net.Download;
import io.slipway.image.catalog.net.Mirrors;
import io.slipway.image.catalog.net.Proxies;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The configuration {@code io.slipway.image.catalog}.
 *
 * @param folder of the operator's own entries
 * @param keyrings folders
 * @param download folder for what is being fetched
 */
record Settings(Path folder, Download.Settings fetching, List<Path> keyrings, Path download) {

    private static final int LONGEST_TIMEOUT = 600;
    private static final String HIDDEN = "(not shown)";

    Settings {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(fetching, "fetching");
        keyrings = List.copyOf(keyrings);
        Objects.requireNonNull(download, "download");
    }

    /** @param environment for the proxy */
    static Settings of(ImageCatalog.Config config, Map<String, String> environment) {
        return new Settings(
                folder("folder", config.folder(), "karaf.etc", "catalog"),
                new Download.Settings(
                        mirrors(config.mirrors()), proxies(config.proxy(), environment), timeout(config.timeout())),
                keyrings(config.keyrings()),
                folder("download", config.download(), "karaf.data", "download"));
    }

    private static Path folder(String key, String configured, String property, String name) {
        String parent = System.getProperty(property, "");
        if (configured.isBlank() && parent.isEmpty()) {
            throw refused(key, configured, "the path of a folder, because there is no " + property);
        }
        return path(key, configured.isBlank() ? parent + "/" + name : configured.strip());
    }

    private static List<Path> keyrings(String configured) {
        return Arrays.stream(configured.split(","))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    if (!text.startsWith("/")) {
                        throw refused("keyrings", text, "absolute paths of folders, separated by commas");
                    }
                    return path("keyrings", text);
                })
                .toList();
    }

    private static Path path(String key, String text) {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw refused(key, text, "a path");
        }
    }

    private static Mirrors mirrors(String configured) {
        try {
            return Mirrors.parse(configured);
        } catch (IllegalArgumentException e) {
            throw refused("mirrors", HIDDEN, e.getMessage());
        }
    }

    private static Proxies proxies(String configured, Map<String, String> environment) {
        try {
            return Proxies.of(configured, environment);
        } catch (IllegalArgumentException e) {
            throw refused("proxy", HIDDEN, e.getMessage());
        }
    }

    private static Duration timeout(String configured) {
        String expected = "1 to " + LONGEST_TIMEOUT + " seconds";
        try {
            int seconds = Integer.parseInt(configured.strip());
            if (seconds < 1 || seconds > LONGEST_TIMEOUT) {
                throw refused("timeout", configured, expected);
            }
            return Duration.ofSeconds(seconds);
        } catch (NumberFormatException e) {
            throw refused("timeout", configured, expected);
        }
    }

    private static IllegalArgumentException refused(String key, String value, String expected) {
        return new IllegalArgumentException(
                "etc/io.slipway.image.catalog.cfg: " + key + " = " + value + "; expected " + expected);
    }
}
