package io.slipway.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRefTest {

    @Test
    void readsNameAndTag() {
        ImageRef ref = ImageRef.parse("lab/debian-12:2026.11_a");
        assertEquals("lab/debian-12", ref.name());
        assertEquals("2026.11_a", ref.tag());
        assertEquals("lab/debian-12:2026.11_a", ref.toString());
    }

    @Test
    void aNameAloneMeansLatest() {
        assertEquals(new ImageRef("debian", "latest"), ImageRef.parse("debian"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "debian:",
                ":current",
                "Debian:current",
                "debian 12:current",
                "../debian:current",
                "a//b:c",
                "a:b:c",
                "-a:b",
                "a-:b",
                "a:.b"
            })
    void refusesWhatNoRegistryWouldTake(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> ImageRef.parse(text))
                .getMessage();
        assertTrue(message.startsWith("image ") && message.contains("expected"), message);
    }

    @Test
    void refusesATagOf129Characters() {
        assertEquals(128, new ImageRef("a", "b".repeat(128)).tag().length());
        assertThrows(IllegalArgumentException.class, () -> new ImageRef("a", "b".repeat(129)));
    }

    @Test
    void sortsByNameThenTag() {
        List<ImageRef> sorted = List.of(ImageRef.parse("a:z"), ImageRef.parse("b:a"), ImageRef.parse("b:b"));
        assertEquals(sorted, List.copyOf(new TreeSet<>(List.of(sorted.get(2), sorted.get(0), sorted.get(1)))));
    }
}
