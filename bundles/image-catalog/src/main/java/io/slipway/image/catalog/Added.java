package io.slipway.image.catalog;

import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import java.util.Objects;

/**
 * A ready image that is in the store.
 *
 * @param verified what was verified, and by which key
 * @param isNew false when the same files had this name before
 */
public record Added(ImageRef ref, Image image, String verified, boolean isNew) {
    public Added {
        Objects.requireNonNull(ref, "ref");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(verified, "verified");
    }
}
