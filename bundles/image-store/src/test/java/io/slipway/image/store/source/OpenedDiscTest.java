package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.slipway.disc.codec.DiscFile;
import io.slipway.image.Image;
import io.slipway.image.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discs that xorriso has written: one with the names of Alpine's, and one with a file in zisofs. */
class OpenedDiscTest {

    @TempDir
    private Path folder;

    @Test
    void showsItsFiles() throws IOException {
        try (Disc disc = OpenedDisc.of(unpacked("alpine.iso"))) {
            assertEquals("alpine-std 3.20.3 x86_64", disc.label());
            DiscFile kernel = disc.find("BOOT/vmlinuz-lts").orElseThrow();
            try (InputStream bytes = disc.open(kernel)) {
                assertEquals("kernel", new String(bytes.readAllBytes(), UTF_8));
            }
            assertEquals(Optional.empty(), disc.find("boot"));
            assertEquals(
                    List.of("boot/initramfs-lts", "boot/modloop-lts"),
                    disc.files(path -> path.startsWith("boot/"), 2).stream()
                            .map(DiscFile::path)
                            .toList());
        }
    }

    @Test
    void aFileThatIsPackedOnTheDiscIsPassedOver() throws IOException {
        try (Disc disc = OpenedDisc.of(unpacked("packed.iso"))) {
            assertEquals(
                    List.of("boot/vmlinuz"),
                    disc.files(path -> true, 10).stream().map(DiscFile::path).toList());
            assertThrows(IOException.class, () -> disc.find("boot/a-packed"));
        }
    }

    @Test
    void isToldByItsContentAndRecognised() throws IOException {
        Path renamed = Files.move(unpacked("alpine.iso"), folder.resolve("download"));
        ImageSource source = FileContent.source(renamed, Optional.empty(), DiscFamilies.read(Optional.empty()));
        assertInstanceOf(IsoSource.class, source);
        RecordingIntake intake = RecordingIntake.of(source);
        assertEquals(Set.of("download.iso", "boot/vmlinuz-lts", "boot/initramfs-lts"), intake.files.keySet());
        assertEquals(Files.size(renamed), intake.files.get("download.iso").size());
        assertEquals("initramfs", intake.texts().get("boot/initramfs-lts"));
        assertEquals("Alpine Linux (alpine-std-3.20.3 240906)", intake.annotations.get(Image.DESCRIPTION));
        assertEquals(
                "ip=dhcp modules=loop,squashfs alpine_repo=${image}/download.iso/apks"
                        + " modloop=${image}/download.iso/boot/modloop-lts",
                intake.annotations.get(Image.ARGUMENTS));
    }

    private Path unpacked(String name) throws IOException {
        Path iso = folder.resolve(name);
        try (InputStream packed = OpenedDiscTest.class.getResourceAsStream("disc/" + name + ".gz");
                InputStream disc = new GZIPInputStream(packed)) {
            Files.copy(disc, iso);
        }
        return iso;
    }
}
