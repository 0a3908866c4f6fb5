package io.slipway.image.store.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarTargetTest {

    @TempDir
    private Path folder;

    private final byte[] kernel = "a kernel".getBytes(UTF_8);
    private final Digest digest = TestManifests.digest(kernel);

    @Test
    void isAnArchiveThatTarReads() throws Exception {
        Path file = folder.resolve("images.tar");
        try (TarTarget target = new TarTarget(file)) {
            target.file("oci-layout", "{}".getBytes(UTF_8));
            assertFalse(target.has(digest, kernel.length));
            target.blob(digest, kernel.length, new ByteArrayInputStream(kernel));
            assertTrue(target.has(digest, kernel.length));
            target.file("index.json", "[]".getBytes(UTF_8));
        }
        Process tar = new ProcessBuilder("tar", "-xf", file.toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        assertEquals(0, tar.waitFor());
        assertEquals("a kernel", Files.readString(folder.resolve("blobs/sha256/" + digest.hex())));
        assertEquals("[]", Files.readString(folder.resolve("index.json")));
        assertEquals(0, Files.size(file) % 512);
    }

    @Test
    void whatIsNotWholeHasNoName() throws IOException {
        Path file = folder.resolve("images.tar");
        try (TarTarget target = new TarTarget(file)) {
            byte[] other = "a kernal".getBytes(UTF_8);
            IOException failure = assertThrows(
                    IOException.class, () -> target.blob(digest, other.length, new ByteArrayInputStream(other)));
            assertTrue(failure.getMessage().contains(digest + " is damaged where it is stored"), failure.getMessage());
        }
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void writesOverNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("images.tar"), "something else");
        assertTrue(assertThrows(IOException.class, () -> new TarTarget(file))
                .getMessage()
                .contains("is there already"));
        assertEquals("something else", Files.readString(file));
    }
}
