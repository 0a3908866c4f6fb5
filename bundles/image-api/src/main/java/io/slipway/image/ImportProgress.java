package io.slipway.image;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told how far an import is. Called often, by the importing thread: must return quickly. */
@ConsumerType
public interface ImportProgress {

    /** Nobody wants to know. */
    ImportProgress NONE = (path, done, size) -> {};

    /**
     * A file is being stored.
     *
     * @param path of the file that is stored now
     * @param done its bytes that were read, 0 at its begin
     * @param size its bytes in all; negative when that is not known
     */
    void at(String path, long done, long size);
}
