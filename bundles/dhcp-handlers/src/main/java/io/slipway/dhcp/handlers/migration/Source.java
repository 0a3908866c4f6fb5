package io.slipway.dhcp.handlers.migration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A file to be read.
 *
 * @param name as remarks have it
 */
public record Source(String name, String text) {
    public Source {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "text");
    }

    /** Read whole; bytes that are not UTF-8 stand for themselves, as these formats knew no encoding. */
    public static Source of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return new Source(
                file.toString(), text.indexOf('\ufffd') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1));
    }

    Place at(int line) {
        return new Place(name, line);
    }
}
