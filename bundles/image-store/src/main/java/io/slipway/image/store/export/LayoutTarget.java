package io.slipway.image.store.export;

import io.slipway.image.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Where an OCI image layout is written to (image-spec 1.1, image-layout.md). Of one thread. */
public interface LayoutTarget extends Closeable {

    /** Whether a blob need not be written again. */
    boolean has(Digest digest, long size) throws IOException;

    /**
     * Writes a blob.
     *
     * @param size in bytes; the stream has as many
     * @throws IOException also when the bytes are not those of the digest; then the layout does not have it
     */
    void blob(Digest digest, long size, InputStream bytes) throws IOException;

    /** Writes a small file of the layout's top folder; the index is the last one. */
    void file(String name, byte[] bytes) throws IOException;
}
