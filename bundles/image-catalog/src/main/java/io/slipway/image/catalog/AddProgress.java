package io.slipway.image.catalog;

/** Is told how far an addition is. Called often, by the thread that adds: must return quickly. */
public interface AddProgress {

    /**
     * A file is being fetched.
     *
     * @param path of the file in the image
     * @param done its bytes that have come
     * @param size its bytes in all; negative when that is not known
     */
    void fetching(String path, long done, long size);

    /** A file is being put into the store; the rest as above. */
    void storing(String path, long done, long size);
}
