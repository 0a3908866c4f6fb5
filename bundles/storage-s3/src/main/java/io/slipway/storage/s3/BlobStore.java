package io.slipway.storage.s3;

import io.slipway.image.Digest;
import io.slipway.image.OwnedBackend;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;

/**
 * The blobs of a bucket. What has a blob's key is whole: a large one comes in under another key, and is copied within
 * the store when its digest is known. Storing what is here already writes it again: so its time is renewed, and it is
 * mended if it has rotted. Storing, removing and putting aside the same blob exclude each other.
 */
final class BlobStore {

    private static final Logger LOG = LoggerFactory.getLogger(BlobStore.class);

    /**
     * What the store does at a time.
     *
     * @param largestCopy in bytes, of one request (S3 API Reference, CopyObject: 5 GB)
     * @param copyPart in bytes, of larger ones
     */
    record Limits(long largestCopy, long copyPart) {

        static final Limits OF_S3 = new Limits(5L << 30, 1L << 30);

        Limits {
            if (largestCopy < 1 || copyPart < 1) {
                throw new IllegalArgumentException(
                        "limits " + largestCopy + ", " + copyPart + "; expected more than 0");
            }
        }
    }

    private final Bucket bucket;
    private final Layout layout;
    private final int partSize;
    private final Limits limits;
    private final Object[] locks = new Object[64];
    private final Set<String> arriving = ConcurrentHashMap.newKeySet();

    /**
     * When blobs were stored that were copied in parts: S3 has the time at which that began (S3 User Guide, "Working
     * with object metadata"), and a later one may be asked about. They are few.
     */
    private final Map<Digest, Instant> copiedInParts = new ConcurrentHashMap<>();

    private final Clock clock;

    BlobStore(Bucket bucket, Layout layout, int partSize, Limits limits, Clock clock) {
        this.bucket = bucket;
        this.layout = layout;
        this.partSize = partSize;
        this.limits = limits;
        this.clock = clock;
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new Object();
        }
    }

    Optional<RemoteBlob> find(Digest digest) throws IOException {
        return bucket.find(layout.blob(digest)).map(found -> blob(digest, found.size()));
    }

    RemoteBlob store(InputStream bytes) throws IOException {
        MessageDigest sum = Sums.sha256();
        Part part = new Part(partSize);
        if (part.fill(bytes, sum)) {
            Digest digest = Digest.of(sum.digest());
            synchronized (lock(digest)) {
                bucket.put(layout.blob(digest), part);
            }
            return blob(digest, part.length());
        }
        String incoming = layout.incoming(UUID.randomUUID().toString());
        arriving.add(incoming);
        try {
            long size = upload(incoming, part, bytes, sum);
            Digest digest = Digest.of(sum.digest());
            publish(incoming, digest, size);
            return blob(digest, size);
        } finally {
            arriving.remove(incoming);
        }
    }

    /** Keys of what is coming in at this moment, however long it takes. */
    boolean isArriving(String key) {
        return arriving.contains(key);
    }

    void each(OwnedBackend.Visitor visitor) throws IOException {
        bucket.list(layout.blobs(), object -> {
            Optional<Digest> digest = layout.digest(object.key());
            if (digest.isPresent()) {
                visitor.blob(digest.get(), object.size(), stored(digest.get(), object));
            }
        });
    }

    boolean remove(Digest digest, Instant unlessStoredSince) throws IOException {
        String key = layout.blob(digest);
        synchronized (lock(digest)) {
            Optional<StoredObject> found = bucket.find(key);
            if (found.isEmpty() || !stored(digest, found.get()).isBefore(unlessStoredSince)) {
                return false;
            }
            bucket.delete(key);
            copiedInParts.remove(digest);
            return true;
        }
    }

    boolean quarantine(Digest digest) throws IOException {
        String key = layout.blob(digest);
        synchronized (lock(digest)) {
            Optional<StoredObject> found = bucket.find(key);
            if (found.isEmpty()) {
                return false;
            }
            copy(key, layout.quarantine(digest), found.get().size());
            bucket.delete(key);
            return true;
        }
    }

    private Instant stored(Digest digest, StoredObject object) {
        Instant here = copiedInParts.getOrDefault(digest, Instant.MIN);
        return here.isAfter(object.stored()) ? here : object.stored();
    }

    private long upload(String key, Part part, InputStream bytes, MessageDigest sum) throws IOException {
        MultipartUpload upload = MultipartUpload.begin(bucket, key);
        try {
            upload.add(part);
            long size = part.length();
            for (boolean ended = false; !ended; size += part.length()) {
                ended = part.fill(bytes, sum);
                if (part.length() > 0) {
                    upload.add(part);
                }
            }
            upload.complete();
            return size;
        } catch (IOException | RuntimeException e) {
            upload.abort(e);
            throw e;
        }
    }

    private void publish(String incoming, Digest digest, long size) throws IOException {
        try {
            synchronized (lock(digest)) {
                copy(incoming, layout.blob(digest), size);
                if (size > limits.largestCopy()) {
                    copiedInParts.put(digest, clock.instant());
                }
            }
        } finally {
            discard(incoming);
        }
    }

    private void discard(String incoming) {
        try {
            bucket.delete(incoming);
        } catch (IOException e) {
            // It is cleared when it is a day old; what was stored is stored.
            LOG.debug("{} stays for now", incoming, e);
        }
    }

    private void copy(String from, String to, long size) throws IOException {
        if (size > limits.largestCopy()) {
            copyInParts(from, to, size);
            return;
        }
        CopyObjectResponse answer = bucket.call(
                "copy", from, () -> bucket.patient().copyObject(request -> request.sourceBucket(bucket.name())
                        .sourceKey(from)
                        .destinationBucket(bucket.name())
                        .destinationKey(to)));
        if (answer.copyObjectResult() == null || answer.copyObjectResult().eTag() == null) {
            throw bucket.failures().garbage("copy", from);
        }
    }

    private void copyInParts(String from, String to, long size) throws IOException {
        MultipartUpload upload = MultipartUpload.begin(bucket, to);
        try {
            for (long at = 0; at < size; at += limits.copyPart()) {
                upload.copy(from, at, Math.min(limits.copyPart(), size - at));
            }
            upload.complete();
        } catch (IOException | RuntimeException e) {
            upload.abort(e);
            throw e;
        }
    }

    private RemoteBlob blob(Digest digest, long size) {
        return new RemoteBlob(digest, size, layout.blob(digest), bucket);
    }

    private Object lock(Digest digest) {
        return locks[Math.floorMod(digest.hashCode(), locks.length)];
    }
}
