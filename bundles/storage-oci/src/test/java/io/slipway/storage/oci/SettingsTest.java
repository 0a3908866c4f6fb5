package io.slipway.storage.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Path ETC = Path.of("/opt/slipway/etc");
    private static final String LAB = "io.slipway.storage.oci~lab";

    @TempDir
    private Path folder;

    private static Settings settings(String... pairs) {
        return Settings.of(new Configured(values(pairs)), LAB, ETC);
    }

    private static Map<String, String> values(String... pairs) {
        Map<String, String> values = new HashMap<>(Map.of("url", "https://registry.example"));
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return values;
    }

    @Test
    void anAddressIsEnough() {
        Settings settings = settings();
        assertEquals("lab", settings.name());
        assertEquals("etc/io.slipway.storage.oci-lab.cfg", settings.file());
        assertEquals(new Origin("https", "registry.example", 443), settings.registry());
        assertEquals("https://registry.example", settings.registry().toString());
        assertEquals(Optional.empty(), settings.login());
        assertEquals(Optional.empty(), settings.trust());
        assertEquals(Duration.ofSeconds(30), settings.refresh());
        assertEquals(-10, settings.ranking());
        assertFalse(settings.isReadOnly());
    }

    @Test
    void everyKeyIsRead() {
        Settings settings = settings(
                "name",
                "house",
                "url",
                "http://Registry.Example:5000/",
                "prefix",
                "/lab/boot/",
                "repositories",
                "debian-*, ubuntu",
                "mirrors",
                "https://a.example, https://[2001:db8::1]:8443",
                "user",
                "slipway",
                "password",
                "file:tls/password",
                "caFile",
                "tls/ca.pem",
                "refresh",
                "60",
                "timeout",
                "5",
                "ranking",
                "7",
                "readOnly",
                "true");
        assertEquals("house", settings.name());
        assertEquals("http://registry.example:5000", settings.registry().toString());
        assertEquals(
                List.of("https://a.example", "https://[2001:db8::1]:8443"),
                settings.origins().stream().skip(1).map(Origin::toString).toList());
        assertEquals("lab/boot", settings.prefix());
        assertEquals(
                List.of("debian-*", "ubuntu"),
                settings.repositories().stream().map(NamePattern::text).toList());
        assertEquals(
                "/opt/slipway/etc/tls/password",
                settings.login().orElseThrow().password().place());
        assertEquals(Optional.of(ETC.resolve("tls/ca.pem")), settings.trust());
        assertEquals(Duration.ofSeconds(60), settings.refresh());
        assertEquals(Duration.ofSeconds(5), settings.timeout());
        assertEquals(7, settings.ranking());
        assertTrue(settings.isReadOnly());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url          | ''                            | https://host or https://host:port
            url          | registry.example              | https://host or https://host:port
            url          | ftp://registry.example        | https://host or https://host:port
            url          | https://registry.example/v2   | without a path; see the key prefix
            url          | https://registry.example?a=b  | without a path; see the key prefix
            url          | https://registry.example:0    | https://host or https://host:port
            url          | https://registry.example:99999| https://host or https://host:port
            url          | https:// registry             | https://host or https://host:port
            url          | https://under_score           | https://host or https://host:port
            mirrors      | https://registry.example      | each address once, without url
            mirrors      | elsewhere                     | https://host or https://host:port
            name         | a b                           | a short name
            prefix       | Lab                           | the beginning of repositories
            prefix       | a//b                          | the beginning of repositories
            repositories | Debian                        | names of repositories after the prefix
            refresh      | 0                             | 1 to 86400 seconds
            refresh      | soon                          | 1 to 86400 seconds
            timeout      | 601                           | 1 to 600 seconds
            ranking      | high                          | -1000000 to 1000000
            readOnly     | yes                           | true or false""")
    void aWrongValueIsRefused(String key, String value, String expected) {
        String message = assertThrows(IllegalArgumentException.class, () -> settings(key, value))
                .getMessage();
        assertTrue(message.startsWith("etc/io.slipway.storage.oci-lab.cfg: " + key + " = " + value), message);
        assertTrue(message.contains("; expected ") && message.contains(expected), message);
    }

    @ParameterizedTest
    @CsvSource({
        "slipway,sesame",
        "slipway,env:",
        "slipway,env:a-b",
        "slipway,file:",
        "slipway,''",
        "'',env:HOME",
        "'a:b',env:HOME"
    })
    void whatIsNoReferenceToAPasswordIsRefusedAndNotRepeated(String user, String password) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> settings("user", user, "password", password))
                .getMessage();
        assertTrue(
                message.contains(
                        user.equals("slipway")
                                ? "; expected env:NAME or file:PATH, never the password itself"
                                : "user = " + user + "; expected"),
                message);
        assertFalse(message.contains("sesame"), message);
    }

    @Test
    void aPasswordInAnAddressIsNotRepeated() {
        for (String url : new String[] {"https://me:sesame@registry.example", "https://me:ses ame@registry"}) {
            String message = assertThrows(IllegalArgumentException.class, () -> settings("url", url))
                    .getMessage();
            assertTrue(message.contains("url = (hidden); expected"), message);
        }
    }

    @Test
    void nothingShowsThePassword() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "sesame\n");
        Settings settings = settings("user", "slipway", "password", "file:" + file);
        assertEquals("sesame", settings.login().orElseThrow().password().read());
        assertFalse(settings.toString().contains("sesame"), settings.toString());
    }

    @Test
    void aPasswordMayBeInTheEnvironment() throws IOException {
        assertEquals(
                System.getenv("PATH"),
                Secret.parse("env:PATH", ETC).orElseThrow().read());
        Secret absent = Secret.parse("env:SLIPWAY_NO_SUCH_VARIABLE", ETC).orElseThrow();
        assertTrue(assertThrows(IOException.class, absent::read)
                .getMessage()
                .contains("the environment has no SLIPWAY_NO_SUCH_VARIABLE for the password"));
    }

    @Test
    void aFileThatEverybodyMayReadIsToldOf() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "sesame\n");
        try (CapturedLog log = CapturedLog.begin()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
            ConfiguredRegistry.warn(settings("user", "slipway", "password", "file:" + file));
            ConfiguredRegistry.warn(settings("user", "slipway", "password", "file:" + folder + "/absent"));
            ConfiguredRegistry.warn(settings("user", "slipway", "password", "env:PATH"));
            assertEquals("", log.warnings());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            ConfiguredRegistry.warn(settings("user", "slipway", "password", "file:" + file));
            assertEquals(1, log.count("WARN.*everybody on this machine may read the password in " + file + ";.*"));
        }
    }

    @Test
    void aPasswordInTheClearIsToldOf() {
        try (CapturedLog log = CapturedLog.begin()) {
            ConfiguredRegistry.warn(settings("url", "http://registry.example"));
            ConfiguredRegistry.warn(settings("url", "http://127.0.0.1:5000", "user", "a", "password", "env:PATH"));
            assertEquals("", log.warnings());
            ConfiguredRegistry.warn(settings("url", "http://registry.example", "user", "a", "password", "env:PATH"));
            assertEquals(
                    1, log.count("WARN.*registry lab: the password goes to http://registry.example in the clear.*"));
        }
    }

    @Test
    void patternsMeanWholeNames() {
        assertTrue(NamePattern.parse("debian-*").matches("debian-12/x"));
        assertFalse(NamePattern.parse("debian-*").matches("my-debian-12"));
        assertTrue(NamePattern.parse("a.?").matches("a.b"));
        assertFalse(NamePattern.parse("a.?").matches("axb"));
        assertTrue(NamePattern.parse("a.b").isName());
    }
}
