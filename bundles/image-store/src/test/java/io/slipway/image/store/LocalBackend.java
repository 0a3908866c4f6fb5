package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.MemoryBackend;
import io.slipway.image.OwnedBackend;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A backend that says it is local, whose disk can be full and can damage blobs, and that counts what it is given. */
final class LocalBackend implements OwnedBackend {

    final MemoryBackend inner = new MemoryBackend();
    final Set<Digest> rotten = ConcurrentHashMap.newKeySet();
    final AtomicInteger stored = new AtomicInteger();
    volatile boolean isFull;
    /** Runs once, when the tags of a moment were read and before they are given. */
    volatile Runnable afterTags = () -> {};

    volatile boolean isGone;

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        requireThere();
        return rotten.contains(digest) && inner.blob(digest).isPresent()
                ? Optional.of(TestManifests.blob(new byte[10]))
                : inner.blob(digest);
    }

    @Override
    public Blob store(InputStream bytes) throws IOException {
        requireThere();
        if (isFull) {
            throw new IOException("No space left on device");
        }
        stored.incrementAndGet();
        Blob blob = inner.store(bytes);
        rotten.remove(blob.digest());
        return blob;
    }

    @Override
    public Digest tag(ImageRef ref, byte[] manifest) throws IOException {
        return inner.tag(ref, manifest);
    }

    @Override
    public boolean untag(ImageRef ref) {
        return inner.untag(ref);
    }

    @Override
    public Map<ImageRef, Digest> tags() {
        Map<ImageRef, Digest> tags = inner.tags();
        Runnable then = afterTags;
        afterTags = () -> {};
        then.run();
        return tags;
    }

    @Override
    public void eachBlob(Visitor visitor) throws IOException {
        inner.eachBlob(visitor);
    }

    @Override
    public boolean remove(Digest digest, Instant unlessStoredSince) {
        return inner.remove(digest, unlessStoredSince);
    }

    @Override
    public boolean quarantine(Digest digest) {
        return inner.quarantine(digest);
    }

    private void requireThere() throws IOException {
        if (isGone) {
            throw new IOException("the disk is gone");
        }
    }
}
