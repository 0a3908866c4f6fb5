package io.slipway.storage.s3;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operator has configured, checked.
 *
 * @param place the file that it stands in, for messages
 * @param name what messages call the backend
 * @param bucket its name
 * @param layout where things are in it
 * @param endpoint of the store; empty: AWS
 * @param region in which requests are signed
 * @param isPathStyle whether the bucket is part of URLs' paths
 * @param credentials who we are; empty: as the SDK finds it
 * @param caFile PEM certificates of those who vouch for the store
 * @param refresh between two looks at the tags
 * @param timeout for a connection, and for each piece of an answer
 * @param partSize in bytes, of a multipart upload: as much is in memory
 * @param ranking of the service
 * @param isReadOnly whether nothing is ever changed
 */
record Settings(
        String place,
        String name,
        String bucket,
        Layout layout,
        Optional<URI> endpoint,
        String region,
        boolean isPathStyle,
        Optional<Credentials> credentials,
        Optional<Path> caFile,
        Duration refresh,
        Duration timeout,
        int partSize,
        int ranking,
        boolean isReadOnly) {

    /** The least size of a part but the last, in bytes (S3 User Guide, "Amazon S3 multipart upload limits"). */
    static final int SMALLEST_PART = 5 * 1024 * 1024;

    private static final int LARGEST_PART = 1_000_000_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern REGION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern PREFIX = Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/|$)){0,20}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})([kMG]?)");

    /** Who we are for the store. */
    record Credentials(Secret accessKey, Secret secretKey) {
        Credentials {
            Objects.requireNonNull(accessKey, "accessKey");
            Objects.requireNonNull(secretKey, "secretKey");
        }
    }

    Settings {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(credentials, "credentials");
        Objects.requireNonNull(caFile, "caFile");
        if (refresh.isNegative() || refresh.isZero() || timeout.isNegative() || timeout.isZero() || partSize < 1) {
            throw new IllegalArgumentException("refresh, timeout and partSize; expected more than 0");
        }
    }

    /**
     * @param properties what the container has said beside: which file it was
     * @throws IllegalArgumentException names the file, the key, the value and what was expected
     */
    static Settings of(S3Storage.Config config, Map<String, ?> properties) {
        String label = label(properties);
        String place = "etc/" + S3Storage.PID + "-" + (label.isEmpty() ? "NAME" : label) + ".cfg";
        Reader reader = new Reader(place);
        Optional<URI> endpoint = reader.endpoint(config.endpoint());
        return new Settings(
                place,
                reader.matching(
                        "name", config.name().isBlank() ? label : config.name(), NAME, "letters, digits and . _ -"),
                reader.matching("bucket", config.bucket(), BUCKET, "a bucket's name: 3 to 63 of a-z, 0-9, . and -"),
                reader.layout(config.prefix()),
                endpoint,
                reader.matching("region", config.region(), REGION, "a region such as eu-central-1"),
                config.pathStyle().isBlank() ? endpoint.isPresent() : reader.flag("pathStyle", config.pathStyle()),
                reader.credentials(config.accessKey(), config.secretKey()),
                reader.caFile(config.caFile()),
                Duration.ofSeconds(reader.number("refresh", config.refresh(), 5, 86_400)),
                Duration.ofSeconds(reader.number("timeout", config.timeout(), 1, 600)),
                reader.size("partSize", config.partSize()),
                reader.number("ranking", config.ranking(), Integer.MIN_VALUE, Integer.MAX_VALUE),
                reader.flag("readOnly", config.readOnly()));
    }

    /** {@code s3://bucket/key}, and where that is. */
    String location(String key) {
        return "s3://" + bucket + "/" + key + " at "
                + endpoint.map(URI::toString).orElse("AWS " + region);
    }

    /** NAME of the file's name: Fileinstall says which file it was, as a URI; else the PID has it behind its tilde. */
    private static String label(Map<String, ?> properties) {
        String file = String.valueOf(properties.get("felix.fileinstall.filename"));
        String pid = String.valueOf(properties.get("service.pid"));
        Matcher ofFile = Pattern.compile(".*/" + Pattern.quote(S3Storage.PID) + "-([^/]+)\\.(?:cfg|config)")
                .matcher(file);
        if (ofFile.matches()) {
            return ofFile.group(1);
        }
        return pid.startsWith(S3Storage.PID + "~") ? pid.substring(S3Storage.PID.length() + 1) : "";
    }

    /** Reads the texts of one file. */
    private record Reader(String place) {

        String matching(String key, String text, Pattern pattern, String expected) {
            if (pattern.matcher(text.strip()).matches()) {
                return text.strip();
            }
            throw refused(key, text, expected);
        }

        Layout layout(String text) {
            String bare = text.strip().replaceAll("^/+|/+$", "");
            if (bare.length() > 200 || !PREFIX.matcher(bare).matches()) {
                throw refused("prefix", text, "letters, digits and . _ -, with / between, such as slipway");
            }
            return new Layout(bare.isEmpty() ? "" : bare + "/");
        }

        Optional<URI> endpoint(String text) {
            if (text.isBlank()) {
                return Optional.empty();
            }
            try {
                URI uri = new URI(text.strip());
                boolean isBare = uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
                if (isBare && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                    return Optional.of(new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null));
                }
            } catch (URISyntaxException e) {
                throw refusedEndpoint();
            }
            throw refusedEndpoint();
        }

        /** The value is not repeated: a password may stand in a URL. */
        private IllegalArgumentException refusedEndpoint() {
            return refused("endpoint", "(not shown)", "https://HOST or https://HOST:PORT, without a path or a user");
        }

        Optional<Credentials> credentials(String accessKey, String secretKey) {
            if (accessKey.isBlank() && secretKey.isBlank()) {
                return Optional.empty();
            }
            if (accessKey.isBlank() || secretKey.isBlank()) {
                throw refused(
                        accessKey.isBlank() ? "accessKey" : "secretKey", "", "both accessKey and secretKey, or none");
            }
            return Optional.of(new Credentials(
                    Secret.of(place, "accessKey", accessKey), Secret.of(place, "secretKey", secretKey)));
        }

        Optional<Path> caFile(String text) {
            if (text.isBlank()) {
                return Optional.empty();
            }
            try {
                return Optional.of(Path.of(text.strip()).toAbsolutePath());
            } catch (InvalidPathException e) {
                throw refused("caFile", text, "the path of a PEM file");
            }
        }

        boolean flag(String key, String text) {
            return switch (text.strip()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw refused(key, text, "true or false");
            };
        }

        int number(String key, String text, int least, int most) {
            try {
                int value = Integer.parseInt(text.strip());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw refused(key, text, least + " to " + most);
            }
            throw refused(key, text, least + " to " + most);
        }

        int size(String key, String text) {
            Matcher size = SIZE.matcher(text.strip());
            if (size.matches()) {
                long factor =
                        switch (size.group(2)) {
                            case "k" -> 1_000;
                            case "M" -> 1_000_000;
                            case "G" -> 1_000_000_000;
                            default -> 1;
                        };
                long bytes = Long.parseLong(size.group(1)) * factor;
                if (bytes >= SMALLEST_PART && bytes <= LARGEST_PART) {
                    return (int) bytes;
                }
            }
            throw refused(key, text, SMALLEST_PART + " to 1G bytes, such as 16M");
        }

        private IllegalArgumentException refused(String key, String text, String expected) {
            return new IllegalArgumentException(place + ": " + key + " = " + text + "; expected " + expected);
        }
    }
}
