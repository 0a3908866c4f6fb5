package io.slipway.storage.folder;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A blob that is one local file, so that it is served without a copy. */
record FileBlob(Digest digest, long size, Path path) implements Blob {

    @Override
    public Optional<Path> file() {
        return Optional.of(path);
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}
