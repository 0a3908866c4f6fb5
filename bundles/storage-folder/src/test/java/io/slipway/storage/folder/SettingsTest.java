package io.slipway.storage.folder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.storage.folder.OciLayoutBackend.Settings;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private static final String KARAF_DATA = "karaf.data";

    @TempDir
    private Path folder;

    @AfterEach
    void leaveKaraf() {
        System.clearProperty(KARAF_DATA);
    }

    @Test
    void emptyMeansImagesInKarafsData() {
        System.setProperty(KARAF_DATA, "/opt/slipway/data");
        assertEquals(
                Path.of("/opt/slipway/data/images"), Settings.of(config(" ")).folder());
        assertEquals(Path.of("/srv/images"), Settings.of(config("/srv/images")).folder());
    }

    @Test
    void emptyOutsideKarafIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> Settings.of(config("")))
                .getMessage();
        assertTrue(message.contains("etc/io.slipway.storage.folder.cfg: folder = ; expected"), message);
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        Path impossible = inTheWay.resolve("images");
        String message = assertThrows(IOException.class, () -> new OciLayoutBackend(new Settings(impossible)))
                .getMessage();
        assertTrue(message.contains("folder = " + impossible + " cannot be made"), message);
    }

    private static OciLayoutBackend.Config config(String folder) {
        return new Configured(folder);
    }

    private record Configured(String folder) implements OciLayoutBackend.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return OciLayoutBackend.Config.class;
        }
    }
}
