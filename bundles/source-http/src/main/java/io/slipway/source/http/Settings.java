package io.slipway.source.http;

import io.slipway.boot.BootRequest;
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
 * @param label what tells it from other mirrors
 * @param path of the tree in the boot content, absolute and normal
 * @param url of the tree at the other server, without a slash at its end
 * @param folder absolute
 * @param maximumSize of what is kept, in bytes
 * @param revalidate for which a file is not asked for again
 * @param negative for which a file that is not there is not asked for, nor a server that does not answer
 * @param timeout for a connection, and for more bytes
 * @param patience for which a request waits for its file
 * @param caFile PEM certificates of those who vouch for the server
 * @param proxy with a host and a port
 */
record Settings(
        String place,
        String label,
        String path,
        String url,
        Path folder,
        long maximumSize,
        Duration revalidate,
        Duration negative,
        Duration timeout,
        Duration patience,
        Optional<Path> caFile,
        Optional<URI> proxy) {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([kMG]?)");
    private static final long LEAST = 1_000_000;

    Settings {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(caFile, "caFile");
        Objects.requireNonNull(proxy, "proxy");
        if (timeout.isNegative() || timeout.isZero() || patience.isNegative() || maximumSize < 1) {
            throw new IllegalArgumentException("timeout, patience and maximumSize; expected more than 0");
        }
    }

    /**
     * @param properties what the container has said beside: which file it was
     * @throws IllegalArgumentException names the file, the key, the value and what was expected
     */
    static Settings of(HttpMirror.Config config, Map<String, ?> properties) {
        String label = label(properties);
        Reader reader = new Reader("etc/" + HttpMirror.PID + "-" + label + ".cfg");
        return new Settings(
                reader.place(),
                label,
                reader.path(config.path()),
                reader.url(config.url()),
                reader.folder(config.folder(), label),
                reader.size(config.maximumSize()),
                reader.seconds("revalidate", config.revalidate(), 0, 31_536_000),
                reader.seconds("negative", config.negative(), 0, 86_400),
                reader.seconds("timeout", config.timeout(), 1, 600),
                reader.seconds("patience", config.patience(), 1, 3600),
                reader.caFile(config.caFile()),
                reader.proxy(config.proxy()));
    }

    /** NAME of the file's name: Fileinstall says which file it was, as a URI; else the PID has it behind its tilde. */
    private static String label(Map<String, ?> properties) {
        Matcher ofFile = Pattern.compile(".*/" + Pattern.quote(HttpMirror.PID) + "-([^/]+)\\.(?:cfg|config)")
                .matcher(String.valueOf(properties.get("felix.fileinstall.filename")));
        if (ofFile.matches()) {
            return ofFile.group(1);
        }
        String pid = String.valueOf(properties.get("service.pid"));
        return pid.startsWith(HttpMirror.PID + "~") ? pid.substring(HttpMirror.PID.length() + 1) : "NAME";
    }

    /** Reads the texts of one file. */
    private record Reader(String place) {

        String path(String text) {
            String path = text.strip();
            if (BootRequest.normalise(path).equals(Optional.of(path))) {
                return path;
            }
            throw refused("path", text, "an absolute path of the boot content, such as /mirror/debian");
        }

        String url(String text) {
            Optional<URI> uri =
                    uri(text).filter(found -> "http".equals(found.getScheme()) || "https".equals(found.getScheme()));
            return uri.map(found -> found.toString().replaceAll("/+$", ""))
                    .orElseThrow(() ->
                            refused("url", "(not shown)", "http://HOST/PATH or https://HOST/PATH, without a user"));
        }

        Optional<URI> proxy(String text) {
            if (text.isBlank()) {
                return Optional.empty();
            }
            Optional<URI> uri = uri(text)
                    .filter(found -> "http".equals(found.getScheme())
                            && found.getPort() > 0
                            && found.getRawPath().replace("/", "").isEmpty());
            if (uri.isEmpty()) {
                throw refused("proxy", "(not shown)", "http://HOST:PORT, or nothing");
            }
            return uri;
        }

        /**
         * Of a host, without a user, a query or a fragment. What is refused is not shown: a password may stand in it.
         */
        private static Optional<URI> uri(String text) {
            try {
                URI uri = new URI(text.strip());
                boolean isPlain = uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
                return isPlain ? Optional.of(uri) : Optional.empty();
            } catch (URISyntaxException e) {
                // The caller says what was expected.
                return Optional.empty();
            }
        }

        Path folder(String text, String label) {
            String karaf = System.getProperty("karaf.data", "");
            String folder = text.isBlank() && !karaf.isEmpty() ? karaf + "/mirror/" + label : text.strip();
            return absolute(folder).orElseThrow(() -> refused("folder", text, "an absolute path"));
        }

        Optional<Path> caFile(String text) {
            return text.isBlank()
                    ? Optional.empty()
                    : Optional.of(absolute(text.strip())
                            .orElseThrow(() -> refused("caFile", text, "the absolute path of a PEM file")));
        }

        private static Optional<Path> absolute(String text) {
            try {
                return Optional.of(Path.of(text)).filter(Path::isAbsolute).map(Path::normalize);
            } catch (InvalidPathException e) {
                // The caller says what was expected.
                return Optional.empty();
            }
        }

        Duration seconds(String key, String text, long least, long most) {
            try {
                long value = Long.parseLong(text.strip());
                if (value >= least && value <= most) {
                    return Duration.ofSeconds(value);
                }
            } catch (NumberFormatException e) {
                throw refused(key, text, least + " to " + most);
            }
            throw refused(key, text, least + " to " + most);
        }

        long size(String text) {
            Matcher size = SIZE.matcher(text.strip());
            if (size.matches()) {
                long number = Long.parseLong(size.group(1));
                long factor =
                        switch (size.group(2)) {
                            case "k" -> 1_000;
                            case "M" -> 1_000_000;
                            case "G" -> 1_000_000_000;
                            default -> 1;
                        };
                if (number <= Long.MAX_VALUE / factor && number * factor >= LEAST) {
                    return number * factor;
                }
            }
            throw refused("maximumSize", text, "bytes, 1M or more, such as 20G");
        }

        private IllegalArgumentException refused(String key, String text, String expected) {
            return new IllegalArgumentException(place + ": " + key + " = " + text + "; expected " + expected);
        }
    }
}
