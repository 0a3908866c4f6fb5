package io.slipway.storage.s3;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tags of a bucket: an object each, and all of them in memory and on the local disk. What this process writes
 * counts at once; what others write, when it is looked. Safe for use by many threads.
 */
final class TagBook {

    private static final Logger LOG = LoggerFactory.getLogger(TagBook.class);

    private final Settings settings;
    private final Bucket bucket;
    private final TagFile file;
    private final Clock clock;

    /** One tag is written at a time, so that what is known is what was written last. */
    private final Object writing = new Object();

    private final Set<ImageRef> writtenMeanwhile = new HashSet<>();
    private final Set<String> brokenAndTold = new HashSet<>();
    private Map<ImageRef, Tag> tags = Map.of();
    private boolean isFileComplained;
    private volatile Optional<Map<ImageRef, Digest>> known = Optional.empty();

    TagBook(Settings settings, Bucket bucket, TagFile file, Clock clock) {
        this.settings = settings;
        this.bucket = bucket;
        this.file = file;
        this.clock = clock;
        file.read().ifPresent(this::take);
    }

    /** As of one moment; empty as long as the store was never looked at. */
    Optional<Map<ImageRef, Digest>> tags() {
        return known;
    }

    /** @param size of the manifest, in bytes */
    void put(ImageRef ref, Digest manifest, long size) throws IOException {
        synchronized (writing) {
            String etag = bucket.put(settings.layout().tag(ref), Part.of(Tag.object(manifest, size, clock.instant())));
            write(ref, Optional.of(new Tag(manifest, etag)));
        }
    }

    boolean remove(ImageRef ref) throws IOException {
        String key = settings.layout().tag(ref);
        synchronized (writing) {
            boolean isThere = bucket.find(key).isPresent();
            if (isThere) {
                bucket.delete(key);
            }
            write(ref, Optional.empty());
            return isThere;
        }
    }

    /** Reads what has changed in the store. Called by one thread at a time. */
    void look() throws IOException {
        Map<ImageRef, Tag> before;
        synchronized (this) {
            before = tags;
            writtenMeanwhile.clear();
        }
        List<StoredObject> objects = new ArrayList<>();
        bucket.list(settings.layout().tags(), objects::add);
        Map<ImageRef, Tag> found = new TreeMap<>();
        for (StoredObject object : objects) {
            Optional<ImageRef> ref = settings.layout().ref(object.key());
            if (ref.isPresent()) {
                read(object, Optional.ofNullable(before.get(ref.get()))).ifPresent(tag -> found.put(ref.get(), tag));
            }
        }
        synchronized (this) {
            // What was written here since the list was made is newer than the list.
            for (ImageRef ref : writtenMeanwhile) {
                found.remove(ref);
                if (tags.containsKey(ref)) {
                    found.put(ref, tags.get(ref));
                }
            }
            boolean isNew = known.isEmpty() || !found.equals(tags);
            take(found);
            if (isNew) {
                keep();
            }
        }
    }

    private Optional<Tag> read(StoredObject object, Optional<Tag> before) throws IOException {
        if (before.isPresent() && before.get().isStill(object.etag())) {
            return before;
        }
        Optional<byte[]> bytes =
                object.size() > Tag.LONGEST ? Optional.of(new byte[0]) : bucket.bytes(object.key(), Tag.LONGEST);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Tag.parse(bytes.get(), object.etag()));
        } catch (IOException e) {
            if (brokenAndTold.add(object.key() + " " + object.etag())) {
                LOG.warn(
                        "S3 storage {}: {} is no tag ({}) and is left out; tag the image again, or remove that object",
                        settings.name(),
                        settings.location(object.key()),
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    private synchronized void write(ImageRef ref, Optional<Tag> tag) {
        writtenMeanwhile.add(ref);
        Map<ImageRef, Tag> changed = new TreeMap<>(tags);
        changed.remove(ref);
        tag.ifPresent(present -> changed.put(ref, present));
        if (known.isPresent()) {
            take(changed);
            keep();
        } else {
            // The others are not known yet: the first look is still to come.
            tags = Map.copyOf(changed);
        }
    }

    private synchronized void take(Map<ImageRef, Tag> now) {
        tags = Map.copyOf(now);
        Map<ImageRef, Digest> digests = new TreeMap<>();
        tags.forEach((ref, tag) -> digests.put(ref, tag.manifest()));
        known = Optional.of(Map.copyOf(digests));
    }

    private synchronized void keep() {
        try {
            file.write(tags);
            isFileComplained = false;
        } catch (IOException e) {
            if (!isFileComplained) {
                LOG.warn(
                        "the tags of S3 storage {} cannot be kept in {} ({}): after a restart its images are missing"
                                + " until the store answers; look at the disk (space, permissions)",
                        settings.name(),
                        file.file(),
                        e.toString());
            }
            isFileComplained = true;
        }
    }
}
