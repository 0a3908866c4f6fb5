package io.slipway.image.store.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A file to import, which may be called otherwise than it is on this disk.
 *
 * @param path where it is
 * @param shown what messages call it
 * @param name what it is called in an image, before it is made plain
 */
record LocalFile(Path path, String shown, String name, Instant modified) {

    /** A file as it is on this disk. */
    static LocalFile of(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file; give the file that is to be imported");
        }
        Path name = file.getFileName();
        return new LocalFile(
                file,
                file.toString(),
                name.toString(),
                Files.getLastModifiedTime(file).toInstant());
    }

    long size() throws IOException {
        return Files.size(path);
    }

    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}
