package io.slipway.storage.oci;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A blob in a registry: what is read of it is proved. */
record RemoteBlob(RegistryClient client, String repository, Digest digest, long size) implements Blob {

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public InputStream open() throws IOException {
        return BlobStream.open(client, repository, digest, size);
    }
}
