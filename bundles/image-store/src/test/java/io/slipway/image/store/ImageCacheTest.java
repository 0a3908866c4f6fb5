package io.slipway.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageCacheTest {

    @Test
    void forgetsWhatWasNotAskedForLongest() {
        ImageCache cache = new ImageCache(2);
        cache.keep(image(1));
        cache.keep(image(2));
        assertTrue(cache.find(image(1).digest()).isPresent());
        cache.keep(image(3));
        assertEquals(Optional.of(image(1)), cache.find(image(1).digest()));
        assertEquals(Optional.empty(), cache.find(image(2).digest()));
        assertEquals(Optional.of(image(3)), cache.find(image(3).digest()));
    }

    private static Image image(int number) {
        return new Image(Digest.ofContent(new byte[number]), Instant.EPOCH, List.of());
    }
}
