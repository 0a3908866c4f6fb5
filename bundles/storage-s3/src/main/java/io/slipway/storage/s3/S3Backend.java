package io.slipway.storage.s3;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.OwnedBackend;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images in a bucket of an object store: blobs, each under its digest, and an object for each tag ({@link Layout}). One
 * Slipway writes it; others may read it, with {@code readOnly}.
 */
final class S3Backend implements OwnedBackend, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(S3Backend.class);

    /** How often a request is tried before it counts as failed. */
    private static final int ATTEMPTS = 4;

    private final Settings settings;
    private final Bucket bucket;
    private final BlobStore blobs;
    private final TagBook tags;
    private final Lookout lookout;

    /**
     * @param keptTags the file in which the tags are kept for a restart
     * @throws IOException the configuration names certificates that cannot be read; what the store does is no reason
     */
    S3Backend(Settings settings, Path keptTags) throws IOException {
        this(settings, keptTags, BlobStore.Limits.OF_S3, ATTEMPTS, Clock.systemUTC());
    }

    S3Backend(Settings settings, Path keptTags, BlobStore.Limits limits, int attempts, Clock clock) throws IOException {
        this.settings = settings;
        this.bucket = new Bucket(settings, Clients.of(settings, attempts), clock);
        Layout layout = settings.layout();
        this.blobs = new BlobStore(bucket, layout, settings.partSize(), limits, clock);
        this.tags = new TagBook(settings, bucket, new TagFile(keptTags, settings.location(layout.tags())), clock);
        Optional<Leftovers> leftovers = settings.isReadOnly()
                ? Optional.empty()
                : Optional.of(new Leftovers(bucket, layout.incoming(), blobs::isArriving, clock));
        this.lookout = new Lookout(settings, tags, leftovers, clock);
        lookout.start();
        if (tags.tags().isEmpty()) {
            // The first time of all: so that a start with a store that answers has its tags.
            lookout.awaitFirstLook(settings.timeout());
        }
        LOG.info(
                "S3 storage {} is {} ({})",
                settings.name(),
                settings.location(layout.prefix()),
                tags.tags().map(known -> known.size() + " tags").orElse("which does not answer yet"));
    }

    @Override
    public void close() {
        lookout.close();
        bucket.close();
    }

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        return blobs.find(digest).map(blob -> blob);
    }

    @Override
    public Blob store(InputStream bytes) throws IOException {
        requireWritable("store in");
        return blobs.store(bytes);
    }

    @Override
    public Digest tag(ImageRef ref, byte[] manifest) throws IOException {
        requireWritable("tag in");
        Manifest parsed;
        try {
            parsed = Manifest.parse(manifest);
        } catch (IOException e) {
            throw new IOException("image " + ref + ": the manifest is broken: " + e.getMessage(), e);
        }
        for (Map.Entry<Digest, Long> part : parsed.blobs().entrySet()) {
            Optional<RemoteBlob> here = blobs.find(part.getKey());
            if (here.isEmpty() || here.get().size() != part.getValue()) {
                throw new IOException("image " + ref + " refers to " + part.getKey() + " of " + part.getValue()
                        + " bytes, which is not in S3 storage " + settings.name() + " (" + settings.location("")
                        + "); store it before the image is tagged");
            }
        }
        Blob stored = blobs.store(new ByteArrayInputStream(manifest));
        tags.put(ref, stored.digest(), stored.size());
        return stored.digest();
    }

    /** What is not here need not be removed: a backend that is only read does not stand in the way of others. */
    @Override
    public boolean untag(ImageRef ref) throws IOException {
        if (settings.isReadOnly() && !tags().containsKey(ref)) {
            return false;
        }
        requireWritable("untag in");
        return tags.remove(ref);
    }

    @Override
    public Map<ImageRef, Digest> tags() throws IOException {
        return tags.tags()
                .orElseThrow(() -> new IOException(lookout.trouble()
                        .orElse("S3 storage " + settings.name() + " was not looked at yet; wait a moment")));
    }

    @Override
    public void eachBlob(Visitor visitor) throws IOException {
        blobs.each(visitor);
    }

    /** Nothing, where it is only read: whoever writes to it clears it, too. */
    @Override
    public boolean remove(Digest digest, Instant unlessStoredSince) throws IOException {
        return !settings.isReadOnly() && blobs.remove(digest, unlessStoredSince);
    }

    @Override
    public boolean quarantine(Digest digest) throws IOException {
        requireWritable("quarantine in");
        return blobs.quarantine(digest);
    }

    /** Looks at the store now, in the caller's thread. */
    void look() {
        lookout.look();
    }

    private void requireWritable(String doing) throws IOException {
        if (settings.isReadOnly()) {
            throw new IOException(
                    "cannot " + doing + " S3 storage " + settings.name() + ", which is only read; set readOnly"
                            + " = false in " + settings.place() + ", or give another backend a higher ranking");
        }
    }
}
