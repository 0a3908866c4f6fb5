package io.slipway.image;

import java.io.IOException;
import java.time.Instant;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A storage backend whose blobs are written by Slipway alone, so that Slipway also clears them away. Registered as a
 * {@link StorageBackend}.
 *
 * <p>Every such backend passes {@code OwnedBackendContract} from this bundle's test-jar.
 */
@ConsumerType
public interface OwnedBackend extends StorageBackend {

    /** Is shown blobs, one after another. */
    @ConsumerType
    interface Visitor {

        /**
         * Here is one.
         *
         * @param size in bytes
         * @param stored when it was stored the last time: also a store of what was here already counts
         */
        void blob(Digest digest, long size, Instant stored) throws IOException;
    }

    /** Whether its blobs are local files ({@link Blob#file}): what others hold remotely is kept here to be served. */
    default boolean isLocal() {
        return false;
    }

    /** Shows every blob, manifests too, in no order and without having all of them in memory. */
    void eachBlob(Visitor visitor) throws IOException;

    /**
     * Removes a blob, unless it was stored again since a moment: who has just stored it is about to tag it. What a tag
     * refers to is the caller's to know.
     *
     * @return whether it was removed
     */
    boolean remove(Digest digest, Instant unlessStoredSince) throws IOException;

    /**
     * Puts a blob aside whose bytes are not those of its digest any more: it is absent from then on, and a copy is kept
     * for a person to look at. Who has its local file open must not be able to read on: transfers of it end in an error.
     *
     * @return whether it was here
     * @throws IOException no copy could be kept; it is absent nevertheless if it can be made so
     */
    boolean quarantine(Digest digest) throws IOException;
}
