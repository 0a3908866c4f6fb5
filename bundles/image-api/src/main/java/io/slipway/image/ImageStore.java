package io.slipway.image;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** The images of all storage backends. Safe for use by many threads. */
@ProviderType
public interface ImageStore {

    /** The image that a tag names now. */
    Optional<Image> find(ImageRef ref) throws IOException;

    /** The image of a manifest digest, tagged or not. */
    Optional<Image> find(Digest manifest) throws IOException;

    /**
     * The bytes of a blob, from the first backend that has it. What is held remotely only is fetched into a local
     * backend first, if there is one; this takes as long as it takes, and who asks for it meanwhile waits for the same.
     */
    Optional<Blob> blob(Digest digest) throws IOException;

    /** Every tag and the manifest of its image, as of one moment. */
    Map<ImageRef, Digest> tags() throws IOException;

    /**
     * Stores every file of a source and tags the image. The tag moves only when all bytes are durable; a failure leaves
     * the tag as it was.
     *
     * @throws IOException names the file that could not be imported, why, and the cure
     */
    Image importFrom(ImageSource source, ImageRef ref, ImportProgress progress) throws IOException;

    /**
     * Makes a tag name an image that is stored already, in one step.
     *
     * @throws IOException no backend has it whole, or the tag could not be written
     */
    Image tag(ImageRef ref, Digest manifest) throws IOException;

    /** Removes a tag; true if it was there. */
    boolean untag(ImageRef ref) throws IOException;

    /** What a tag has named, the newest first; empty for a tag that never was, or is forgotten. */
    List<TagMove> history(ImageRef ref) throws IOException;
}
