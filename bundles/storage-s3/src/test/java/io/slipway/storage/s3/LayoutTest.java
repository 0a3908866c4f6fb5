package io.slipway.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

    private final Layout layout = new Layout("a/b/");

    @Test
    void whatHasAKeyIsFoundByIt() {
        Digest digest = new Digest("ab".repeat(32));
        ImageRef ref = ImageRef.parse("lab/debian-12:current");
        assertEquals("a/b/blobs/sha256/" + "ab".repeat(32), layout.blob(digest));
        assertEquals(Optional.of(digest), layout.digest(layout.blob(digest)));
        assertEquals("a/b/tags/lab/debian-12/current", layout.tag(ref));
        assertEquals(Optional.of(ref), layout.ref(layout.tag(ref)));
        assertEquals("blobs/sha256/", new Layout("").blobs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a", "a/", "A/b", "a//b", "a/b/", "../a", "a/b c"})
    void othersTagsAreNoTags(String rest) {
        assertEquals(Optional.empty(), layout.ref(layout.tags() + rest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "README.md"})
    void othersBlobsAreNoBlobs(String rest) {
        assertEquals(Optional.empty(), layout.digest(layout.blobs() + rest));
    }

    @Test
    void aPrefixIsAFolder() {
        assertThrows(IllegalArgumentException.class, () -> new Layout("a"));
    }
}
