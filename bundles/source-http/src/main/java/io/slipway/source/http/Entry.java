package io.slipway.source.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file that was fetched, as it is noted beside it.
 *
 * @param path in the other server's tree
 * @param file its name in the cache; never used for other content
 * @param size in bytes
 * @param sha256 of its content, in hexadecimal
 * @param etag as the other server told it (RFC 9110 section 8.8.3)
 * @param modified as the other server told it (RFC 9110 section 8.8.2)
 * @param checked when the other server said last that this is its content
 */
record Entry(
        String path,
        String file,
        long size,
        String sha256,
        Optional<String> etag,
        Optional<String> modified,
        Instant checked) {

    private static final Pattern FILE = Pattern.compile("[0-9a-f.-]{1,128}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    Entry {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(etag, "etag");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(checked, "checked");
        if (Stream.concat(etag.stream(), modified.stream()).anyMatch(Entry::hasControls)) {
            throw new IllegalArgumentException("an entity tag or a time with control characters");
        }
        if (!FILE.matcher(file).matches()
                || file.contains("..")
                || size < 0
                || !SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException(
                    "file '" + file + "' of " + size + " bytes with the sum '" + sha256 + "'");
        }
    }

    /** Such a text cannot be sent in a header (RFC 9110 section 5.5). */
    static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    Entry checkedAt(Instant time) {
        return new Entry(path, file, size, sha256, etag, modified, time);
    }

    /** When the other server's file was changed, if it told. */
    Optional<Instant> modifiedTime() {
        try {
            return modified.map(DateTimeFormatter.RFC_1123_DATE_TIME::parse).map(Instant::from);
        } catch (DateTimeException e) {
            // It is handed back to the server as it is, and means nothing else.
            return Optional.empty();
        }
    }

    byte[] bytes() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("path", path);
        properties.setProperty("file", file);
        properties.setProperty("size", Long.toString(size));
        properties.setProperty("sha256", sha256);
        etag.ifPresent(value -> properties.setProperty("etag", value));
        modified.ifPresent(value -> properties.setProperty("modified", value));
        properties.setProperty("checked", checked.toString());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        properties.store(bytes, null);
        return bytes.toByteArray();
    }

    /** @throws IOException the bytes are not a note of this kind */
    static Entry parse(byte[] bytes) throws IOException {
        try {
            Properties properties = new Properties();
            properties.load(new ByteArrayInputStream(bytes));
            return new Entry(
                    properties.getProperty("path", ""),
                    properties.getProperty("file", ""),
                    Long.parseLong(properties.getProperty("size", "")),
                    properties.getProperty("sha256", ""),
                    Optional.ofNullable(properties.getProperty("etag")),
                    Optional.ofNullable(properties.getProperty("modified")),
                    Instant.parse(properties.getProperty("checked", "")));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IOException("this is no note of a mirror's file: " + e.getMessage(), e);
        }
    }
}
