package io.slipway.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A storage backend that forgets everything with the process: what tests put under an image store. */
public final class MemoryBackend implements OwnedBackend {

    private static final Pattern REFERENCE = Pattern.compile("\"digest\":\"(sha256:[0-9a-f]{64})\"");

    private final Map<Digest, Stored> blobs = new ConcurrentHashMap<>();
    private final Map<Digest, Blob> aside = new ConcurrentHashMap<>();
    private final Map<ImageRef, Digest> tags = new HashMap<>();

    @Override
    public Optional<Blob> blob(Digest digest) {
        return Optional.ofNullable(blobs.get(digest)).map(Stored::blob);
    }

    @Override
    public Blob store(InputStream stream) throws IOException {
        Blob blob = TestManifests.blob(stream.readAllBytes());
        blobs.compute(blob.digest(), (digest, before) -> new Stored(blob, Instant.now()));
        return blob;
    }

    @Override
    public Digest tag(ImageRef ref, byte[] manifest) throws IOException {
        Matcher references = REFERENCE.matcher(new String(manifest, UTF_8));
        int found = 0;
        for (; references.find(); found++) {
            Digest digest = Digest.parse(references.group(1));
            if (!blobs.containsKey(digest)) {
                throw new IOException("image " + ref + " refers to " + digest + ", which is not here");
            }
        }
        if (found == 0) {
            throw new IOException("image " + ref + ": this is no image manifest");
        }
        Digest digest = store(new ByteArrayInputStream(manifest)).digest();
        synchronized (tags) {
            tags.put(ref, digest);
        }
        return digest;
    }

    @Override
    public boolean untag(ImageRef ref) {
        synchronized (tags) {
            return tags.remove(ref) != null;
        }
    }

    @Override
    public Map<ImageRef, Digest> tags() {
        synchronized (tags) {
            return Map.copyOf(tags);
        }
    }

    @Override
    public void eachBlob(Visitor visitor) throws IOException {
        for (Stored stored : blobs.values()) {
            visitor.blob(stored.blob().digest(), stored.blob().size(), stored.time());
        }
    }

    @Override
    public boolean remove(Digest digest, Instant unlessStoredSince) {
        AtomicBoolean removed = new AtomicBoolean();
        blobs.computeIfPresent(digest, (same, stored) -> {
            removed.set(stored.time().isBefore(unlessStoredSince));
            return removed.get() ? null : stored;
        });
        return removed.get();
    }

    @Override
    public boolean quarantine(Digest digest) {
        Stored stored = blobs.remove(digest);
        if (stored == null) {
            return false;
        }
        aside.put(digest, stored.blob());
        return true;
    }

    /** @param time when it was stored the last time */
    private record Stored(Blob blob, Instant time) {}

    @SuppressWarnings("ArrayRecordComponent") // a blob is told by its digest, never compared
    record MemoryBlob(Digest digest, byte[] bytes) implements Blob {
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
}
