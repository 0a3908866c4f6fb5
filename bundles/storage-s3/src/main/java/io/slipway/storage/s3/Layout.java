package io.slipway.storage.s3;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.util.Optional;

/**
 * Which key each thing has in the bucket. All of them begin with the prefix, so that a bucket can hold other things,
 * too.
 *
 * @param prefix empty, or ending with {@code /}
 */
record Layout(String prefix) {

    Layout {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("prefix '" + prefix + "'; expected a / at its end");
        }
    }

    /** What all blobs' keys begin with. An object there is whole. */
    String blobs() {
        return prefix + "blobs/sha256/";
    }

    String blob(Digest digest) {
        return blobs() + digest.hex();
    }

    /** The digest of a key below {@link #blobs}; empty for somebody else's object. */
    Optional<Digest> digest(String key) {
        try {
            return Optional.of(new Digest(key.substring(blobs().length())));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** What all tags' keys begin with. */
    String tags() {
        return prefix + "tags/";
    }

    String tag(ImageRef ref) {
        return tags() + ref.name() + "/" + ref.tag();
    }

    /**
     * The reference of a key below {@link #tags}; empty for somebody else's object. A name may have slashes, a tag
     * not.
     */
    Optional<ImageRef> ref(String key) {
        String rest = key.substring(tags().length());
        int slash = rest.lastIndexOf('/');
        try {
            return Optional.of(new ImageRef(rest.substring(0, Math.max(slash, 0)), rest.substring(slash + 1)));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** What the keys of all begin with that is not whole yet. */
    String incoming() {
        return prefix + "incoming/";
    }

    String incoming(String name) {
        return incoming() + name;
    }

    /** Where a blob is put aside. */
    String quarantine(Digest digest) {
        return prefix + "quarantine/" + digest.hex();
    }
}
