package io.slipway.image;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** What an image is made of: a folder, an archive, a disc, a download. Read once, by one thread. */
@ConsumerType
public interface ImageSource {

    /** What messages call it: a path or an address, without a password. */
    String name();

    /**
     * Hands over every file of the image, one after another, and what is to be said of the image.
     *
     * @throws IOException names the thing that cannot be imported, why, and the cure; nothing is tagged then
     */
    void read(Intake intake) throws IOException;

    /** Takes the files of one image. */
    @ProviderType
    interface Intake {

        /**
         * Stores a file. The stream is read to its end and not closed.
         *
         * @throws IOException it cannot be stored, or is not as long as was said
         */
        ImageFile take(SourceFile file, InputStream bytes) throws IOException;

        /** Gives a file that was taken another path, too. */
        ImageFile link(String path, ImageFile file) throws IOException;

        /** Says something of the image: an annotation of its manifest. */
        void annotate(String name, String value);
    }

    /**
     * One file, before it is stored.
     *
     * @param path as in {@link ImageFile}
     * @param role as in {@link ImageFile}; empty when it is to be told from the file's first bytes and its name
     * @param size in bytes; negative when it is not known before all of it was read
     * @param modified when it was changed last, as its source has it
     */
    record SourceFile(String path, Optional<String> role, long size, Instant modified) {
        public SourceFile {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(modified, "modified");
        }
    }
}
