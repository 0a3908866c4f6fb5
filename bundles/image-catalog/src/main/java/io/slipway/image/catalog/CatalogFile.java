package io.slipway.image.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * A file of a ready image.
 *
 * @param file as the file of checksums calls it; it is fetched from there, too
 * @param path in the image
 * @param role in the image; empty when it is to be told from the file's first bytes and its name
 */
record CatalogFile(String file, String path, Optional<String> role) {
    CatalogFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(role, "role");
    }
}
