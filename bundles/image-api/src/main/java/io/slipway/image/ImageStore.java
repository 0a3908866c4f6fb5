package io.slipway.image;

import java.io.IOException;
import java.nio.file.Path;
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

    /** The bytes of a blob, from the first backend that has it. */
    Optional<Blob> blob(Digest digest) throws IOException;

    /** Every tag and its image. */
    Map<ImageRef, Image> images() throws IOException;

    /**
     * Imports every regular file of a folder and tags the image. The tag moves only when all bytes are durable;
     * a failure leaves the tag as it was.
     *
     * @throws IOException names the file that could not be imported, and why: unreadable, not a regular file, or a
     *     symbolic link that leads out of the folder
     */
    Image importFolder(Path folder, ImageRef ref) throws IOException;

    /** Removes a tag; true if it was there. */
    boolean untag(ImageRef ref) throws IOException;
}
