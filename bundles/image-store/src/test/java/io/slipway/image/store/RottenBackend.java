package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.StorageBackend;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** A backend whose disk gives back other bytes for one blob. */
record RottenBackend(StorageBackend inner, Digest rotten) implements StorageBackend {

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        return digest.equals(rotten) ? Optional.of(TestManifests.blob(new byte[10])) : inner.blob(digest);
    }

    @Override
    public Blob store(InputStream bytes) throws IOException {
        return inner.store(bytes);
    }

    @Override
    public Digest tag(ImageRef ref, byte[] manifest) throws IOException {
        return inner.tag(ref, manifest);
    }

    @Override
    public boolean untag(ImageRef ref) throws IOException {
        return inner.untag(ref);
    }

    @Override
    public Map<ImageRef, Digest> tags() throws IOException {
        return inner.tags();
    }
}
