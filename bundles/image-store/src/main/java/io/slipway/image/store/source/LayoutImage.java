package io.slipway.image.store.source;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image of a foreign layout: the manifest as it is, and where its blobs are. The manifest's bytes were compared with
 * their digest; the blobs' are when they are read.
 */
public final class LayoutImage {

    private final LayoutFiles files;
    private final Optional<ImageRef> suggested;
    private final Digest digest;
    private final byte[] bytes;
    private final LayoutManifest manifest;

    LayoutImage(LayoutFiles files, Optional<ImageRef> suggested, Digest digest, byte[] bytes, LayoutManifest manifest) {
        this.files = files;
        this.suggested = suggested;
        this.digest = digest;
        this.bytes = bytes;
        this.manifest = manifest;
    }

    /** What the layout calls it; empty when it has no name, or one that no registry would take. */
    public Optional<ImageRef> suggested() {
        return suggested;
    }

    /** The manifest's digest. */
    public Digest digest() {
        return digest;
    }

    /** The manifest, an image manifest of OCI. */
    public byte[] manifest() {
        return bytes.clone();
    }

    /** What the manifest refers to, config first, each once. */
    public List<LayoutBlob> blobs() {
        return manifest.blobs().stream()
                .map(blob -> Map.entry(blob.digest(), blob.size()))
                .distinct()
                .map(blob -> new LayoutBlob(files, blob.getKey(), blob.getValue()))
                .toList();
    }

    /**
     * Whether every blob is there with its size, as is so once a tool has written the image whole. Looks at the folder
     * anew.
     */
    public boolean complete() throws IOException {
        for (LayoutBlob blob : blobs()) {
            if (!blob.isThere()) {
                return false;
            }
        }
        return true;
    }

    /** What messages call the layout. */
    String layout() {
        return files.shown().toString();
    }

    LayoutManifest parsed() {
        return manifest;
    }

    LayoutBlob blob(LayoutDescriptor descriptor) {
        return new LayoutBlob(files, descriptor.digest(), descriptor.size());
    }
}
