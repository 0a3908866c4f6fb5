package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Digest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Release file of an archive of Debian's kind (Debian wiki, "DebianRepository/Format"): fields, one of which lists
 * the other files of the suite with their sizes and SHA-256 sums.
 *
 * @param fields by name in lower case, but for the lists
 * @param files by path relative to the folder of the Release file
 */
record ReleaseFile(Map<String, String> fields, Map<String, Listed> files) {

    /** One of the other files. */
    record Listed(Digest digest, long size) {}

    /** The largest that is read, in bytes: Debian's have 150 KB. */
    static final int LARGEST = 8 << 20;

    private static final Pattern FIELD = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]{0,63}):(.*)");
    private static final Pattern FILE = Pattern.compile(" +([0-9a-f]{64}) +([0-9]{1,18}) +([^ ]+)");
    private static final String SHA256 = "sha256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss z", Locale.ENGLISH);

    ReleaseFile {
        fields = Map.copyOf(fields);
        files = Map.copyOf(files);
    }

    /** @throws IOException what it is not, as in "it …" */
    static ReleaseFile parse(byte[] text) throws IOException {
        Map<String, String> fields = new HashMap<>();
        Map<String, Listed> files = new HashMap<>();
        String field = "";
        int number = 0;
        for (String line : new String(text, UTF_8).stripTrailing().split("\n", -1)) {
            number++;
            if (line.startsWith(" ") || line.startsWith("\t")) {
                if (field.equals(SHA256)) {
                    list(line, number, files);
                }
                continue;
            }
            Matcher matcher = FIELD.matcher(line);
            if (!matcher.matches()) {
                throw new IOException("its line " + number + " is no field");
            }
            field = matcher.group(1).toLowerCase(Locale.ROOT);
            if (fields.putIfAbsent(field, matcher.group(2).strip()) != null) {
                throw new IOException("it has the field " + matcher.group(1) + " twice");
            }
        }
        return new ReleaseFile(fields, files);
    }

    private static void list(String line, int number, Map<String, Listed> files) throws IOException {
        Matcher matcher = FILE.matcher(line);
        if (!matcher.matches()) {
            throw new IOException("its line " + number + " is no SHA-256 sum, size and path");
        }
        Listed listed = new Listed(new Digest(matcher.group(1)), Long.parseLong(matcher.group(2)));
        Listed before = files.putIfAbsent(matcher.group(3), listed);
        if (before != null && !before.equals(listed)) {
            throw new IOException("it lists " + matcher.group(3) + " twice, and not alike");
        }
    }

    /** Whether this is the Release of a suite, by the name that stays with it or by the one that moves on. */
    boolean isOf(String suite) {
        return names().contains(suite);
    }

    /** What it calls its suite. */
    List<String> names() {
        return List.of("codename", "suite").stream()
                .filter(fields::containsKey)
                .map(fields::get)
                .distinct()
                .toList();
    }

    /** When it is no longer to be believed, if it says so. */
    Optional<Instant> validUntil() throws IOException {
        Optional<String> text = Optional.ofNullable(fields.get("valid-until"));
        try {
            return text.map(value -> ZonedDateTime.parse(value, TIME).toInstant());
        } catch (DateTimeException e) {
            throw new IOException("its Valid-Until is no time", e);
        }
    }

    Optional<Listed> file(String path) {
        return Optional.ofNullable(files.get(path));
    }
}
