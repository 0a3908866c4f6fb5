package io.slipway.storage.oci;

/**
 * Where a digest is in a registry: one that is not under blobs may be under manifests, and each repository has its own.
 *
 * @param size in bytes; negative when it is not known
 */
record Place(String repository, boolean isManifest, long size) {

    static Place blob(String repository, long size) {
        return new Place(repository, false, size);
    }

    static Place manifest(String repository) {
        return new Place(repository, true, -1);
    }
}
