package io.slipway.image.store.command;

import io.slipway.image.ImageRef;

/** What the commands say of a reference that names nothing. */
final class NoSuchImage {

    private NoSuchImage() {}

    static IllegalArgumentException named(ImageRef ref) {
        return new IllegalArgumentException("there is no image " + ref + "; image:list shows those that are there");
    }
}
