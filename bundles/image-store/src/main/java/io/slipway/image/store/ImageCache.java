package io.slipway.image.store;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The images that were asked for last, by manifest digest: what a digest names never changes. */
final class ImageCache {

    private final Map<Digest, Image> images;

    /** @param most how many images it keeps */
    ImageCache(int most) {
        this.images = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Digest, Image> eldest) {
                return size() > most;
            }
        };
    }

    synchronized Optional<Image> find(Digest manifest) {
        return Optional.ofNullable(images.get(manifest));
    }

    synchronized void keep(Image image) {
        images.put(image.digest(), image);
    }
}
