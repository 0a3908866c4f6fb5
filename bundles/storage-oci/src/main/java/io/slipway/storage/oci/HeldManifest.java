package io.slipway.storage.oci;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A manifest that was fetched, and proved: it is small, and whoever asks for it reads it. */
@SuppressWarnings("ArrayRecordComponent") // a blob is told by its digest, never compared
record HeldManifest(Digest digest, byte[] bytes) implements Blob {

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
