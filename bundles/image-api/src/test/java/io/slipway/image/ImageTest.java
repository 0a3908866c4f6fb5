package io.slipway.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTest {

    private static final Digest DIGEST = TestManifests.digest("manifest".getBytes(UTF_8));
    private static final ImageFile KERNEL = new ImageFile("amd64/linux", ImageFile.KERNEL, DIGEST, 8_222_656);
    private static final ImageFile INITRD = new ImageFile("amd64/initrd.gz", ImageFile.INITRD, DIGEST, 40_810_276);

    @Test
    void findsFilesByPathAndRole() {
        Image image = new Image(DIGEST, Instant.EPOCH, List.of(KERNEL, INITRD));
        assertEquals(Optional.of(INITRD), image.file("amd64/initrd.gz"));
        assertEquals(Optional.empty(), image.file("initrd.gz"));
        assertEquals(List.of(KERNEL), image.inRole(ImageFile.KERNEL));
        assertEquals(List.of(), image.inRole(ImageFile.OTHER));
        assertEquals(49_032_932, image.size());
    }

    @Test
    void pinsTheBootPathToTheManifest() {
        Image image = new Image(DIGEST, Instant.EPOCH, List.of(KERNEL));
        assertEquals("/images/sha256-" + DIGEST.hex() + "/amd64/linux", image.bootPath(KERNEL));
    }

    @Test
    void refusesAPathTwice() {
        List<ImageFile> twice = List.of(KERNEL, new ImageFile("amd64/linux", ImageFile.OTHER, DIGEST, 1));
        String message = assertThrows(IllegalArgumentException.class, () -> new Image(DIGEST, Instant.EPOCH, twice))
                .getMessage();
        assertTrue(message.contains("'amd64/linux' twice"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/linux", "linux/", "a//b", ".", "..", "../linux", "a/../b", "a/./b", "a\\b", "a\0b"})
    void refusesPathsThatCouldLeadElsewhere(String path) {
        assertThrows(IllegalArgumentException.class, () -> new ImageFile(path, ImageFile.OTHER, DIGEST, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\tb", "\u001b[2Jb", "a\u007f", "a\u0085b"})
    void refusesControlCharactersAndDoesNotRepeatThem(String path) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new ImageFile(path, ImageFile.OTHER, DIGEST, 0))
                .getMessage();
        assertTrue(message.endsWith("expected no control characters"), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }

    @Test
    void refusesANegativeSize() {
        assertThrows(IllegalArgumentException.class, () -> new ImageFile("linux", ImageFile.OTHER, DIGEST, -1));
    }
}
