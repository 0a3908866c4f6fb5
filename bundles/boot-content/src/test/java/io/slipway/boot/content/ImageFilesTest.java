package io.slipway.boot.content;

import static io.slipway.boot.content.Fakes.request;
import static io.slipway.boot.content.Fakes.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootFile;
import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.RefusingImageStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {

    private static final Digest MANIFEST = new Digest("a".repeat(64));
    private static final Digest LOCAL = new Digest("b".repeat(64));
    private static final Digest REMOTE = new Digest("c".repeat(64));
    private static final Digest LOST = new Digest("d".repeat(64));
    private static final Image IMAGE = new Image(
            MANIFEST,
            Instant.EPOCH,
            List.of(
                    new ImageFile("boot/grubx64.efi", ImageFile.OTHER, LOCAL, 6),
                    new ImageFile("remote", ImageFile.OTHER, REMOTE, 6),
                    new ImageFile("lost", ImageFile.OTHER, LOST, 6),
                    new ImageFile("cut", ImageFile.OTHER, LOCAL, 7)));

    private Path blob;
    private ImageFiles files;

    @BeforeEach
    void store(@TempDir Path folder) throws Exception {
        blob = Files.writeString(folder.resolve("blob"), "kernel");
        files = new ImageFiles(new OneImage());
    }

    @Test
    void aFileOfAnImageIsItsBlob() throws Exception {
        BootFile file =
                find("/images/sha256-" + MANIFEST.hex() + "/boot/grubx64.efi").orElseThrow();
        assertEquals("kernel", text(file));
        assertEquals(List.of(new BootFile.Extent(blob, 0, 6)), file.extents());
        assertEquals(Optional.of(LOCAL.toString()), file.digest());
        assertEquals("application/efi", file.mediaType());
        assertEquals(Optional.of(Instant.EPOCH), file.modified());
    }

    @Test
    void whatNamesNoFileOfAnImageIsNotFound() throws Exception {
        for (String path : List.of(
                "/linux",
                "/images/linux",
                "/images/sha256-" + MANIFEST.hex() + "/boot",
                "/images/sha256-" + MANIFEST.hex() + "/boot/GRUBX64.EFI",
                "/images/sha256-" + "A".repeat(64) + "/boot/grubx64.efi",
                "/images/sha256-" + LOST.hex() + "/boot/grubx64.efi")) {
            assertTrue(find(path).isEmpty(), path);
        }
    }

    @Test
    void bytesThatCannotBeHadAreAFailure() {
        String remote = assertThrows(IOException.class, () -> find("/images/sha256-" + MANIFEST.hex() + "/remote"))
                .getMessage();
        assertTrue(remote.contains(REMOTE.toString()) && remote.contains("remotely"), remote);
        String lost = assertThrows(IOException.class, () -> find("/images/sha256-" + MANIFEST.hex() + "/lost"))
                .getMessage();
        assertTrue(lost.contains(LOST.toString()), lost);
        String cut = assertThrows(IOException.class, () -> find("/images/sha256-" + MANIFEST.hex() + "/cut"))
                .getMessage();
        assertTrue(cut.contains("6 bytes instead of 7"), cut);
    }

    @Test
    void firmwareIsToldTheKindOfFile() {
        assertEquals("application/vnd.efi-iso", MediaTypes.of("/a/B.ISO"));
        assertEquals("application/vnd.efi-img", MediaTypes.of("/a/b.img"));
        assertEquals(BootFile.OCTET_STREAM, MediaTypes.of("/a/initrd.gz"));
        assertEquals(BootFile.OCTET_STREAM, MediaTypes.of("/efi"));
    }

    private Optional<BootFile> find(String path) throws IOException {
        return files.find(request(path, Optional.empty()));
    }

    private final class OneImage extends RefusingImageStore {
        @Override
        public Optional<Image> find(Digest manifest) {
            return Optional.of(IMAGE).filter(image -> image.digest().equals(manifest));
        }

        @Override
        public Optional<Blob> blob(Digest digest) {
            if (digest.equals(LOST)) {
                return Optional.empty();
            }
            return Optional.of(new FakeBlob(digest, digest.equals(LOCAL) ? Optional.of(blob) : Optional.empty()));
        }
    }

    private record FakeBlob(Digest digest, Optional<Path> file) implements Blob {
        @Override
        public long size() {
            return 6;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[6]);
        }
    }
}
