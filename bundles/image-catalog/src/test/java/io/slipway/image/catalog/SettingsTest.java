package io.slipway.image.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Configured DEFAULTS =
            new Configured("/c", "", "", "/usr/share/keyrings, /etc/apt/keyrings", "30", "/d");

    @AfterEach
    void leaveKaraf() {
        System.clearProperty("karaf.etc");
        System.clearProperty("karaf.data");
    }

    @Test
    void foldersAreThoseOfKaraf() {
        System.setProperty("karaf.etc", "/opt/slipway/etc");
        System.setProperty("karaf.data", "/opt/slipway/data");
        Settings settings = of(new Configured("", "", "", "", " 5 ", ""));
        assertEquals(Path.of("/opt/slipway/etc/catalog"), settings.folder());
        assertEquals(Path.of("/opt/slipway/data/download"), settings.download());
        assertEquals(List.of(), settings.keyrings());
        assertEquals(Duration.ofSeconds(5), settings.fetching().timeout());
    }

    @Test
    void outsideKarafTheyMustBeNamed() {
        assertTrue(refusal(new Configured("", "", "", "", "30", "/d"))
                .startsWith("etc/io.slipway.image.catalog.cfg: folder = ; expected the path of a folder"));
        assertTrue(refusal(new Configured("/c", "", "", "", "30", ""))
                .startsWith("etc/io.slipway.image.catalog.cfg: download = ; expected the path of a folder"));
        assertEquals(
                List.of(Path.of("/usr/share/keyrings"), Path.of("/etc/apt/keyrings")),
                of(DEFAULTS).keyrings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "601", "soon", ""})
    void aTimeoutOutOfBoundsIsRefused(String timeout) {
        assertEquals(
                "etc/io.slipway.image.catalog.cfg: timeout = " + timeout + "; expected 1 to 600 seconds",
                refusal(new Configured("/c", "", "", "", timeout, "/d")));
    }

    @Test
    void passwordsAreNotTold() {
        for (Configured wrong : List.of(
                new Configured("/c", "https://a.example > http://u:secret@b.example", "", "", "30", "/d"),
                new Configured("/c", "", "https://u:secret@b.example", "", "30", "/d"))) {
            String message = refusal(wrong);
            assertFalse(message.contains("secret"), message);
            assertTrue(message.contains(" = (not shown); expected "), message);
        }
    }

    @Test
    void relativeAndImpossiblePathsAreRefused() {
        assertTrue(refusal(new Configured("/c", "", "", "keyrings", "30", "/d"))
                .contains("keyrings = keyrings; expected"));
        assertTrue(refusal(new Configured("/\0", "", "", "", "30", "/d")).contains("; expected a path"));
    }

    private static Settings of(Configured configured) {
        return Settings.of(configured, Map.of());
    }

    private static String refusal(Configured configured) {
        return assertThrows(IllegalArgumentException.class, () -> of(configured))
                .getMessage();
    }

    record Configured(String folder, String mirrors, String proxy, String keyrings, String timeout, String download)
            implements ImageCatalog.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return ImageCatalog.Config.class;
        }
    }
}
