package io.slipway.storage.oci;

import io.slipway.image.ImageRef;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the operator chose for one registry.
 *
 * @param name of the backend, for commands and messages
 * @param file of the configuration, for messages, such as {@code etc/io.slipway.storage.oci-lab.cfg}
 * @param origins the registry, and after it its mirrors in the order in which they are asked
 * @param prefix of the repositories that are ours; empty: all are
 * @param repositories which of those hold images; empty: all do
 * @param login for the registry, not for its mirrors
 * @param trust a PEM file of issuers, who are trusted besides those whom Java trusts
 * @param refresh between two looks at the tags
 * @param timeout how long nothing at all may come from the registry
 */
record Settings(
        String name,
        String file,
        List<Origin> origins,
        String prefix,
        List<NamePattern> repositories,
        Optional<Login> login,
        Optional<Path> trust,
        Duration refresh,
        Duration timeout,
        int ranking,
        boolean isReadOnly) {

    Settings {
        origins = List.copyOf(origins);
        repositories = List.copyOf(repositories);
    }

    /** The registry itself: what is written goes there. */
    Origin registry() {
        return origins.get(0);
    }

    /**
     * @param pid of the configuration: its end is the name where the configuration gives none
     * @param etc what relative paths are relative to
     * @throws IllegalArgumentException names the file, the key, the value and what was expected
     */
    static Settings of(ConfiguredRegistry.Config config, String pid, Path etc) {
        return new Reader(pid, etc).read(config);
    }

    /** Reads values; each message begins with the file. */
    private record Reader(String ending, String file, Path etc) {

        private static final String ADDRESS =
                "https://host or https://host:port, such as https://registry.example:5000";

        Reader(String pid, Path etc) {
            this(ending(pid), fileOf(ending(pid)), etc);
        }

        private static String ending(String pid) {
            String rest = pid.startsWith(ConfiguredRegistry.PID) ? pid.substring(ConfiguredRegistry.PID.length()) : pid;
            return rest.replaceFirst("^[~.-]", "");
        }

        private static String fileOf(String ending) {
            return "etc/" + ConfiguredRegistry.PID + (ending.isEmpty() ? "" : "-" + ending) + ".cfg";
        }

        Settings read(ConfiguredRegistry.Config config) {
            List<Origin> origins = new ArrayList<>();
            origins.add(origin("url", config.url().strip()));
            list(config.mirrors()).forEach(mirror -> origins.add(origin("mirrors", mirror)));
            if (origins.stream().distinct().count() < origins.size()) {
                throw refused("mirrors", String.join(", ", list(config.mirrors())), "each address once, without url");
            }
            return new Settings(
                    name(config.name().strip()),
                    file,
                    origins,
                    prefix(config.prefix().strip()),
                    list(config.repositories()).stream().map(this::pattern).toList(),
                    login(config.user().strip(), config.password().strip()),
                    Optional.of(config.caFile().strip())
                            .filter(text -> !text.isEmpty())
                            .map(text -> etc.resolve(text).toAbsolutePath()),
                    Duration.ofSeconds(number("refresh", config.refresh(), 1, 86_400, "1 to 86400 seconds")),
                    Duration.ofSeconds(number("timeout", config.timeout(), 1, 600, "1 to 600 seconds")),
                    number("ranking", config.ranking(), -1_000_000, 1_000_000, "-1000000 to 1000000"),
                    yesOrNo("readOnly", config.readOnly()));
        }

        private String name(String value) {
            String name = value.isEmpty() ? ending : value;
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
                throw refused("name", value, "a short name of letters, digits and . _ - such as lab");
            }
            return name;
        }

        private Origin origin(String key, String value) {
            // What has an @ may have a password before it.
            String shown = value.indexOf('@') < 0 ? value : "(hidden)";
            URI uri = uri(value).orElseThrow(() -> refused(key, shown, ADDRESS));
            if (uri.getRawUserInfo() != null) {
                throw refused(key, shown, ADDRESS + ", without a user; see the keys user and password");
            }
            if (uri.getRawQuery() != null || uri.getRawFragment() != null || !isTop(uri.getRawPath())) {
                throw refused(key, shown, ADDRESS + ", without a path; see the key prefix");
            }
            try {
                return Origin.of(uri);
            } catch (IllegalArgumentException e) {
                throw refused(key, shown, ADDRESS);
            }
        }

        private static Optional<URI> uri(String value) {
            try {
                return Optional.of(new URI(value));
            } catch (URISyntaxException e) {
                return Optional.empty();
            }
        }

        private static boolean isTop(String path) {
            return path == null || path.isEmpty() || path.equals("/");
        }

        private String prefix(String value) {
            String prefix = value.replaceAll("^/+|/+$", "");
            if (!prefix.isEmpty()) {
                try {
                    // The rules of a repository's name are those of an image's.
                    return new ImageRef(prefix, ImageRef.DEFAULT_TAG).name();
                } catch (IllegalArgumentException e) {
                    throw refused("prefix", value, "the beginning of repositories, such as lab/boot, or nothing");
                }
            }
            return prefix;
        }

        private NamePattern pattern(String text) {
            try {
                return NamePattern.parse(text);
            } catch (IllegalArgumentException e) {
                throw refused(
                        "repositories", text, "names of repositories after the prefix, or patterns such as debian-*");
            }
        }

        private Optional<Login> login(String user, String password) {
            if (user.isEmpty() && password.isEmpty()) {
                return Optional.empty();
            }
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw refused("user", user, "the user whom the password is of, without a colon");
            }
            // What stands there may be a password: it is not repeated.
            Secret secret = Secret.parse(password, etc)
                    .orElseThrow(() -> refused(
                            "password",
                            password.isEmpty() ? "" : "(hidden)",
                            "env:NAME or file:PATH, never the password itself: put it into a file that only the server"
                                    + " can read, and its path here"));
            return Optional.of(new Login(user, secret));
        }

        private int number(String key, String text, int least, int most, String expected) {
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw refused(key, text, expected);
            }
            throw refused(key, text, expected);
        }

        private boolean yesOrNo(String key, String text) {
            return switch (text.strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw refused(key, text, "true or false");
            };
        }

        private static List<String> list(String[] values) {
            return Arrays.stream(values)
                    .flatMap(value -> Arrays.stream(value.split(",")))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList();
        }

        private IllegalArgumentException refused(String key, String value, String expected) {
            return new IllegalArgumentException(file + ": " + key + " = " + value + "; expected " + expected);
        }
    }
}
