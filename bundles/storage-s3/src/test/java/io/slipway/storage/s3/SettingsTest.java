package io.slipway.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Map<String, ?> FILE =
            Map.of("felix.fileinstall.filename", "file:/opt/slipway/etc/io.slipway.storage.s3-lab.cfg");

    @Test
    void aBucketIsEnough() {
        Settings settings = Settings.of(config(Map.of("bucket", "images")), FILE);
        assertEquals("etc/io.slipway.storage.s3-lab.cfg", settings.place());
        assertEquals("lab", settings.name());
        assertEquals("images", settings.bucket());
        assertEquals(new Layout("slipway/"), settings.layout());
        assertEquals(Optional.empty(), settings.endpoint());
        assertEquals("us-east-1", settings.region());
        assertFalse(settings.isPathStyle());
        assertEquals(Optional.empty(), settings.credentials());
        assertEquals(Duration.ofSeconds(60), settings.refresh());
        assertEquals(Duration.ofSeconds(20), settings.timeout());
        assertEquals(16_000_000, settings.partSize());
        assertEquals(0, settings.ranking());
        assertFalse(settings.isReadOnly());
    }

    @Test
    void everyKeyCounts() {
        Settings settings = Settings.of(
                config(Map.ofEntries(
                        Map.entry("name", "minio"),
                        Map.entry("bucket", "images"),
                        Map.entry("prefix", "/boot/lab/"),
                        Map.entry("endpoint", "https://minio.lab:9000/"),
                        Map.entry("region", "eu-central-1"),
                        Map.entry("pathStyle", "false"),
                        Map.entry("accessKey", "env:ACCESS"),
                        Map.entry("secretKey", "file:/run/secret"),
                        Map.entry("caFile", "/etc/ssl/lab.pem"),
                        Map.entry("refresh", "5"),
                        Map.entry("timeout", "600"),
                        Map.entry("partSize", "5242880"),
                        Map.entry("ranking", "-5"),
                        Map.entry("readOnly", "true"))),
                FILE);
        assertEquals(
                new Settings(
                        "etc/io.slipway.storage.s3-lab.cfg",
                        "minio",
                        "images",
                        new Layout("boot/lab/"),
                        Optional.of(URI.create("https://minio.lab:9000")),
                        "eu-central-1",
                        false,
                        Optional.of(new Settings.Credentials(new Secret("env:ACCESS"), new Secret("file:/run/secret"))),
                        Optional.of(Path.of("/etc/ssl/lab.pem")),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(600),
                        5_242_880,
                        -5,
                        true),
                settings);
    }

    @Test
    void anEndpointOfOnesOwnMeansPathStyle() {
        assertTrue(Settings.of(config(Map.of("bucket", "images", "endpoint", "http://10.0.0.1:9000")), FILE)
                .isPathStyle());
        assertEquals(
                new Layout(""),
                Settings.of(config(Map.of("bucket", "images", "prefix", "/")), FILE)
                        .layout());
    }

    @Test
    void theNameIsAlsoThatOfThePid() {
        Settings settings =
                Settings.of(config(Map.of("bucket", "images")), Map.of("service.pid", "io.slipway.storage.s3~lab"));
        assertEquals("lab", settings.name());
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> Settings.of(config(Map.of("bucket", "images")), Map.of()))
                .getMessage()
                .startsWith("etc/io.slipway.storage.s3-NAME.cfg: name = "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name      | a b                         | letters
            bucket    | ''                          | a bucket's name
            bucket    | Images                      | a bucket's name
            bucket    | a/b                         | a bucket's name
            prefix    | a//b                        | letters
            prefix    | a/../b                      | letters
            prefix    | ä                           | letters
            region    | EU                          | a region such as
            pathStyle | yes                         | true or false
            readOnly  | 1                           | true or false
            refresh   | 4                           | 5 to 86400
            refresh   | soon                        | 5 to 86400
            timeout   | 0                           | 1 to 600
            partSize  | 5M                          | 5242880 to 1G bytes
            partSize  | 2G                          | 5242880 to 1G bytes
            partSize  | 9999999999G                 | 5242880 to 1G bytes
            ranking   | high                        | -2147483648 to 2147483647
            """)
    void aWrongValueIsNamed(String key, String value, String expected) {
        Map<String, String> values = new HashMap<>(Map.of("bucket", "images"));
        values.put(key, value);
        String message = assertThrows(IllegalArgumentException.class, () -> Settings.of(config(values), FILE))
                .getMessage();
        assertTrue(
                message.startsWith("etc/io.slipway.storage.s3-lab.cfg: " + key + " = " + value + "; expected "),
                message);
        assertTrue(message.contains(expected), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "minio:9000",
                "ftp://minio",
                "https://user:secret@minio",
                "https://minio/path",
                "https://minio?secret",
                "https://minio#secret",
                "https://",
                "https://a b"
            })
    void anEndpointThatIsNoneIsRefusedAndNotRepeated(String endpoint) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Settings.of(config(Map.of("bucket", "images", "endpoint", endpoint)), FILE))
                .getMessage();
        assertTrue(message.contains("endpoint = (not shown); expected https://HOST"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessKey", "secretKey"})
    void halfOfTheCredentialsIsRefused(String key) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Settings.of(config(Map.of("bucket", "images", key, "env:PATH")), FILE))
                .getMessage();
        assertTrue(message.contains("expected both accessKey and secretKey, or none"), message);
    }

    @Test
    void aPlainSecretIsRefusedAndNotRepeated() {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Settings.of(
                                config(Map.of("bucket", "images", "accessKey", "env:PATH", "secretKey", "plain")),
                                FILE))
                .getMessage();
        assertTrue(message.startsWith("etc/io.slipway.storage.s3-lab.cfg: secretKey = (not shown); expected"), message);
        assertFalse(message.contains("plain"), message);
    }

    /** The configuration with these values, and the defaults of others. */
    private static S3Storage.Config config(Map<String, String> values) {
        return (S3Storage.Config) Proxy.newProxyInstance(
                SettingsTest.class.getClassLoader(),
                new Class<?>[] {S3Storage.Config.class},
                (proxy, method, arguments) -> value(method, values));
    }

    private static Object value(Method method, Map<String, String> values) {
        return method.getName().equals("annotationType")
                ? S3Storage.Config.class
                : values.getOrDefault(method.getName(), (String) method.getDefaultValue());
    }
}
