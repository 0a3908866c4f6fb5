package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.MemoryBackend;
import io.slipway.image.StorageBackend;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend that can be made to fail, and counts how often it was asked for a blob. */
final class StubbornBackend implements StorageBackend {

    final MemoryBackend inner = new MemoryBackend();
    volatile boolean broken;
    volatile boolean removed;
    final AtomicInteger blobsAsked = new AtomicInteger();

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        blobsAsked.incrementAndGet();
        return whole().blob(digest);
    }

    @Override
    public Blob store(InputStream bytes) throws IOException {
        return whole().store(bytes);
    }

    @Override
    public Digest tag(ImageRef ref, byte[] manifest) throws IOException {
        return whole().tag(ref, manifest);
    }

    @Override
    public boolean untag(ImageRef ref) throws IOException {
        return whole().untag(ref);
    }

    @Override
    public Map<ImageRef, Digest> tags() throws IOException {
        return whole().tags();
    }

    private MemoryBackend whole() throws IOException {
        if (broken) {
            throw new IOException("the disk is gone");
        }
        if (removed) {
            throw new IllegalStateException("bundle is uninstalled");
        }
        return inner;
    }
}
