package io.slipway.disc.codec;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;

/** What a disc shows to those who use it. */
final class Shown {

    private Shown() {}

    /** Every file of the disc, by its path. */
    static Map<String, DiscFile> files(DiscImage disc) throws IOException {
        Map<String, DiscFile> files = new TreeMap<>();
        disc.eachFile(file -> {
            assertTrue(files.put(file.path(), file) == null, () -> file.path() + " is shown twice");
            return true;
        });
        return files;
    }

    /** Every file of a disc, by its path. */
    static Map<String, DiscFile> files(Path file) throws IOException {
        try (DiscImage disc = DiscImage.open(file)) {
            return files(disc);
        }
    }

    static String text(DiscImage disc, DiscFile file) throws IOException {
        try (InputStream bytes = disc.open(file)) {
            return new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static String text(DiscImage disc, String path) throws IOException {
        return text(disc, disc.find(path).orElseThrow(() -> new AssertionError("there is no " + path)));
    }

    /** Asserts that something is refused with a message that names the disc's file and has these parts. */
    static void assertRefused(Path file, Executable action, String... parts) {
        String message = assertThrows(IOException.class, action).getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        for (String part : parts) {
            assertTrue(message.contains(part), message);
        }
    }
}
