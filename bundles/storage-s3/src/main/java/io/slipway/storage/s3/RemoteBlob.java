package io.slipway.storage.s3;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A blob that only the store has. */
record RemoteBlob(Digest digest, long size, String key, Bucket bucket) implements Blob {

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    /** The bytes, which are compared with the digest: who has read all of them has what was stored. */
    @Override
    public InputStream open() throws IOException {
        return ResumedStream.open(this);
    }

    @Override
    public String toString() {
        return digest + " of " + size + " bytes at " + key;
    }
}
