package io.slipway.boot.content;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds a file whose name differs from the one asked for only in letter case. */
final class CaseBlindPath {

    /** Entries of a folder that are looked at: a probe for a file that is not there must stay cheap. */
    private static final int MAX_ENTRIES = 4096;

    private CaseBlindPath() {}

    static Optional<Path> find(Path folder, String relative) throws IOException {
        Path at = folder;
        for (String segment : relative.split("/")) {
            Path exact = at.resolve(segment);
            Optional<Path> next = Files.exists(exact) ? Optional.of(exact) : sibling(at, segment);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    private static Optional<Path> sibling(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            int looked = 0;
            for (Path entry : entries) {
                if (entry.getFileName().toString().equalsIgnoreCase(name)) {
                    return Optional.of(entry);
                }
                if (++looked == MAX_ENTRIES) {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
