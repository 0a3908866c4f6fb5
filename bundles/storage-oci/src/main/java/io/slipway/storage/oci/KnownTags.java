package io.slipway.storage.oci;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last look, with what was changed from here since. A look takes a while: what is changed meanwhile counts more than
 * what it found, which may be older.
 */
final class KnownTags {

    /** A tag that was set or removed from here. */
    private record Change(Optional<Digest> manifest, String repository) {}

    private final Map<ImageRef, Change> meanwhile = new LinkedHashMap<>();
    private volatile Look now;

    KnownTags(Look before) {
        this.now = before;
    }

    Look now() {
        return now;
    }

    /** A look begins. There is one at a time. */
    synchronized void begin() {
        meanwhile.clear();
    }

    /** A look is over. */
    synchronized Look finish(Look found) {
        Look next = found;
        for (Map.Entry<ImageRef, Change> change : meanwhile.entrySet()) {
            next = next.with(
                    change.getKey(),
                    change.getValue().manifest(),
                    change.getValue().repository());
        }
        meanwhile.clear();
        now = next;
        return next;
    }

    /** @param manifest empty: the tag was removed */
    synchronized void change(ImageRef ref, Optional<Digest> manifest, String repository) {
        meanwhile.put(ref, new Change(manifest, repository));
        now = now.with(ref, manifest, repository);
    }
}
