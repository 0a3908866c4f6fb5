package io.slipway.storage.oci;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a registry held when it was looked at.
 *
 * @param time when that was
 * @param tags and the manifests that they name; immutable
 * @param repositories that may hold blobs; immutable
 */
record Look(Instant time, SortedMap<ImageRef, Digest> tags, SortedSet<String> repositories) {

    static final Look NONE = new Look(Instant.EPOCH, new TreeMap<>(), new TreeSet<>());

    Look {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        repositories = Collections.unmodifiableSortedSet(new TreeSet<>(repositories));
    }

    /** The same with a tag that was set, moved or removed since. */
    Look with(ImageRef ref, Optional<Digest> manifest, String repository) {
        Map<ImageRef, Digest> changed = new TreeMap<>(tags);
        manifest.ifPresentOrElse(digest -> changed.put(ref, digest), () -> changed.remove(ref));
        SortedSet<String> more = new TreeSet<>(repositories);
        more.add(repository);
        return new Look(time, new TreeMap<>(changed), more);
    }

    /** Whether it differs in more than its time. */
    boolean differsFrom(Look other) {
        return !tags.equals(other.tags) || !repositories.equals(other.repositories);
    }
}
