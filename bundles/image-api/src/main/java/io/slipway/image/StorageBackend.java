package io.slipway.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Where image bytes live: blobs by SHA-256 digest, and tags that name a manifest. Registered as a service with the
 * property {@value #NAME}; with several, the highest service ranking is written to and all are read, in ranking order.
 * What a backend holds remotely is kept in a local one before it is served. A backend whose blobs are Slipway's alone is
 * an {@link OwnedBackend}. Safe for use by many threads.
 *
 * <p>Every backend passes {@code StorageBackendContract} from this bundle's test-jar.
 */
@ConsumerType
public interface StorageBackend {

    /** Service property: the backend's short name, for example {@code folder}. */
    String NAME = "storage.name";

    /**
     * The blob of a digest, if it is here whole.
     *
     * @throws IOException it cannot be said now: the storage does not answer
     */
    Optional<Blob> blob(Digest digest) throws IOException;

    /**
     * Stores bytes. When this returns the blob is durable; a blob that fails or is cut short leaves nothing behind.
     * Storing what is already here does nothing but verify the stream.
     *
     * @param bytes read to the end, not closed
     * @return the digest of what was read
     */
    Blob store(InputStream bytes) throws IOException;

    /**
     * Stores an image manifest (OCI image-spec 1.1, {@code application/vnd.oci.image.manifest.v1+json}) and makes the
     * tag name it, in one atomic step. Every blob that it refers to must be stored already.
     *
     * @return the digest of the manifest
     */
    Digest tag(ImageRef ref, byte[] manifest) throws IOException;

    /** Removes a tag; true if it was there. The blobs stay. */
    boolean untag(ImageRef ref) throws IOException;

    /**
     * Every tag and the manifest that it names, as of one moment. Answers at once, out of memory: it is asked for each
     * boot decision. Remote storage tells what it knew when it was last looked at, also while it does not answer and
     * after a restart.
     */
    Map<ImageRef, Digest> tags() throws IOException;
}
