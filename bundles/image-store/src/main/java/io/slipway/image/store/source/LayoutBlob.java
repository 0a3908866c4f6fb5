package io.slipway.image.store.source;

import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;

/** A blob of a foreign layout: bytes that are to be stored, and what they must be. */
public final class LayoutBlob {

    private final LayoutFiles files;
    private final Digest digest;
    private final long size;

    LayoutBlob(LayoutFiles files, Digest digest, long size) {
        this.files = files;
        this.digest = digest;
        this.size = size;
    }

    /** What the manifest says of it. */
    public Digest digest() {
        return digest;
    }

    /** What the manifest says of it, in bytes. */
    public long size() {
        return size;
    }

    /** Whether it is there with its size; its bytes are not read. */
    boolean isThere() throws IOException {
        return files.size(digest).filter(there -> there == size).isPresent();
    }

    /**
     * The bytes. Where the end would be the stream fails when they were not those of the digest, so that nothing of them is
     * stored. The caller closes it.
     *
     * @throws IOException the blob is not there, or cannot be read
     */
    public InputStream open() throws IOException {
        return new VerifiedStream(files.shown() + ": blob " + digest, files.open(digest), size, digest);
    }
}
