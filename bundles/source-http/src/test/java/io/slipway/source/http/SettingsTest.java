package io.slipway.source.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final String KARAF_DATA = "karaf.data";
    private static final Map<String, ?> FILE =
            Map.of("felix.fileinstall.filename", "file:/opt/slipway/etc/io.slipway.source.http-debian.cfg");

    @AfterEach
    void leaveKaraf() {
        System.clearProperty(KARAF_DATA);
    }

    @Test
    void aPathAndAUrlAreEnough() {
        System.setProperty(KARAF_DATA, "/opt/slipway/data");
        Settings settings = Settings.of(
                TestConfig.of(Map.of("path", "/mirror/debian", "url", "https://deb.debian.org/debian/")), FILE);
        assertEquals(
                new Settings(
                        "etc/io.slipway.source.http-debian.cfg",
                        "debian",
                        "/mirror/debian",
                        "https://deb.debian.org/debian",
                        Path.of("/opt/slipway/data/mirror/debian"),
                        20_000_000_000L,
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        Optional.empty()),
                settings);
    }

    @Test
    void everyKeyCounts() {
        Settings settings = Settings.of(
                TestConfig.of(Map.of(
                        "path", "/m",
                        "url", "http://[::1]:8080",
                        "folder", "/srv/m",
                        "maximumSize", "1M",
                        "revalidate", "0",
                        "negative", "0",
                        "timeout", "600",
                        "patience", "1",
                        "caFile", "/etc/ca.pem",
                        "proxy", "http://proxy:3128/")),
                Map.of("service.pid", "io.slipway.source.http~lab"));
        assertEquals(
                new Settings(
                        "etc/io.slipway.source.http-lab.cfg",
                        "lab",
                        "/m",
                        "http://[::1]:8080",
                        Path.of("/srv/m"),
                        1_000_000,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(600),
                        Duration.ofSeconds(1),
                        Optional.of(Path.of("/etc/ca.pem")),
                        Optional.of(URI.create("http://proxy:3128/"))),
                settings);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            path        | ''                   | an absolute path of the boot content
            path        | mirror               | an absolute path of the boot content
            path        | /                    | an absolute path of the boot content
            path        | /a/../b              | an absolute path of the boot content
            path        | /a/                  | an absolute path of the boot content
            folder      | relative             | an absolute path
            caFile      | relative             | the absolute path of a PEM file
            maximumSize | 999k                 | bytes, 1M or more
            maximumSize | 999999999999999G     | bytes, 1M or more
            maximumSize | much                 | bytes, 1M or more
            revalidate  | -1                   | 0 to 31536000
            negative    | 86401                | 0 to 86400
            timeout     | 0                    | 1 to 600
            timeout     | soon                 | 1 to 600
            patience    | 3601                 | 1 to 3600
            """)
    void aWrongValueIsNamed(String key, String value, String expected) {
        String message = refusal(key, value);
        assertTrue(
                message.startsWith(
                        "etc/io.slipway.source.http-debian.cfg: " + key + " = " + value + "; expected " + expected),
                message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url   | ''
            url   | deb.debian.org/debian
            url   | ftp://deb.debian.org
            url   | https://user:secret@deb.debian.org
            url   | https://deb.debian.org?secret
            url   | https://deb.debian.org/a#secret
            url   | https://deb debian.org/secret
            proxy | proxy:3128
            proxy | http://proxy
            proxy | https://proxy:3128
            proxy | http://user:secret@proxy:3128
            proxy | http://proxy:3128/secret
            """)
    void anAddressThatIsNoneIsRefusedAndNotRepeated(String key, String value) {
        String message = refusal(key, value);
        assertTrue(
                message.startsWith(
                        "etc/io.slipway.source.http-debian.cfg: " + key + " = (not shown); expected http://HOST"),
                message);
        assertFalse(message.contains("secret"), message);
    }

    private static String refusal(String key, String value) {
        Map<String, String> values = new HashMap<>(
                Map.of("path", "/mirror/debian", "url", "https://deb.debian.org", "folder", "/srv/mirror"));
        values.put(key, value);
        return assertThrows(IllegalArgumentException.class, () -> Settings.of(TestConfig.of(values), FILE))
                .getMessage();
    }
}
