package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.ImageFile;
import io.slipway.image.ImageSource;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutSourceTest {

    @TempDir
    private Path folder;

    private LayoutWriter layout;

    @BeforeEach
    void makeLayout() throws IOException {
        layout = LayoutWriter.in(folder);
    }

    @Test
    void handsOverTitledLayers() throws IOException {
        String manifest = layout.manifest(
                        Map.of("boot/linux", "kernel", "", "no file"),
                        "\"org.opencontainers.image.created\":\"2026-07-07T20:29:00Z\",\"io.slipway.arguments\":\"quiet\"")
                .replace("\"boot/linux\"", "\"boot/linux\",\"io.slipway.role\":\"kernel\"");
        RecordingIntake intake = RecordingIntake.of(source(manifest));
        assertEquals(Map.of("boot/linux", "kernel"), intake.texts());
        ImageSource.SourceFile file = intake.files.get("boot/linux");
        assertEquals(Optional.of(ImageFile.KERNEL), file.role());
        assertEquals(6, file.size());
        assertEquals(Instant.parse("2026-07-07T20:29:00Z"), file.modified());
        assertEquals(Map.of("io.slipway.arguments", "quiet"), intake.annotations);
    }

    @Test
    void aTimeThatIsNoneIsTheEpoch() throws IOException {
        String manifest =
                layout.manifest(Map.of("linux", "kernel"), "\"org.opencontainers.image.created\":\"yesterday\"");
        assertEquals(
                Instant.EPOCH,
                RecordingIntake.of(source(manifest)).files.get("linux").modified());
    }

    @Test
    void refusesAContainer() throws IOException {
        assertRefused(layout.manifest(Map.of("", "layer"), ""), "holds no boot files", "oras push");
    }

    @Test
    void refusesAPackedFolder() throws IOException {
        String manifest = layout.manifest(Map.of("boot", "x"), "")
                .replace("\"boot\"", "\"boot\",\"io.deis.oras.content.unpack\":\"true\"");
        assertRefused(manifest, "'boot' is a folder that oras has packed", "one by one");
    }

    @Test
    void refusesTitlesThatLeadElsewhere() throws IOException {
        assertRefused(layout.manifest(Map.of("../linux", "x"), ""), "'../linux'", "rename it");
        assertRefused(layout.manifest(Map.of("linux", "x", "Linux", "y"), ""), "differ only in case", "rename");
    }

    @Test
    void refusesADamagedBlob() throws IOException {
        String manifest = layout.manifest(Map.of("linux", "kernel"), "");
        Files.writeString(layout.blob(TestManifests.digest("kernel".getBytes(UTF_8))), "kErnel");
        assertRefused(manifest, "is damaged", "copy the image again");
    }

    @Test
    void comparesWhatWasStored() throws IOException {
        LayoutSource source = source(layout.manifest(Map.of("linux", "kernel"), ""));
        ImageSource.Intake forgetful = new ImageSource.Intake() {
            @Override
            public ImageFile take(ImageSource.SourceFile file, InputStream bytes) {
                return new ImageFile(file.path(), ImageFile.OTHER, TestManifests.digest(new byte[0]), 0);
            }

            @Override
            public ImageFile link(String path, ImageFile file) {
                return file;
            }

            @Override
            public void annotate(String name, String value) {}
        };
        String message =
                assertThrows(IOException.class, () -> source.read(forgetful)).getMessage();
        assertTrue(message.contains("'linux' was stored as sha256:"), message);
    }

    private LayoutSource source(String manifest) throws IOException {
        layout.index(layout.descriptor(LayoutWriter.MANIFEST, manifest, "", ""));
        return new LayoutSource(OciLayout.read(folder).get(0));
    }

    private void assertRefused(String manifest, String what, String cure) throws IOException {
        LayoutSource source = source(manifest);
        String message = assertThrows(IOException.class, () -> RecordingIntake.of(source))
                .getMessage();
        assertTrue(message.startsWith(folder.toString()), message);
        assertTrue(message.contains(what) && message.contains(cure), message);
    }
}
