package io.slipway.loader.grub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Whether a GRUB can fetch with HTTP, which it needs the module {@code http} inside for: the signed network GRUB of
 * Debian 12 lacks it, starts over HTTP and then finds nothing. Read from the file, again when it changes: the module's
 * requests begin with a text that nothing else in GRUB holds (grub-core/net/http.c). Safe for use by many threads.
 */
final class HttpModule {

    private static final String REQUEST = " HTTP/1.1\r\nHost: ";

    private record Seen(Path file, long length, FileTime modified, boolean isIn) {}

    private volatile Optional<Seen> seen = Optional.empty();

    /** No for a file that is not there or cannot be read. */
    boolean isIn(Path file) {
        try {
            long length = Files.size(file);
            FileTime modified = Files.getLastModifiedTime(file);
            Optional<Seen> last =
                    seen.filter(one -> one.file.equals(file) && one.length == length && one.modified.equals(modified));
            if (last.isPresent()) {
                return last.get().isIn;
            }
            boolean isIn = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(REQUEST);
            seen = Optional.of(new Seen(file, length, modified, isIn));
            return isIn;
        } catch (IOException e) {
            return false;
        }
    }
}
