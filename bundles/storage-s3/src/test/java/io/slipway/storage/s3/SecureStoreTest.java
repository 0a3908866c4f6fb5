package io.slipway.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureStoreTest {

    @TempDir
    private Path folder;

    @Test
    void trustsWhomTheConfigurationNames() throws Exception {
        try (SecureServer server = new SecureServer(folder, exchange -> {
            FakeStore.send(exchange, 200, "<ListBucketResult><Name>images</Name></ListBucketResult>");
            exchange.close();
        })) {
            try (S3Backend backend = opened(server, Optional.of(server.certificate()))) {
                assertEquals(Map.of(), backend.tags());
            }
        }
    }

    @Test
    void saysHowOthersAreTrusted() throws Exception {
        try (SecureServer server = new SecureServer(folder, exchange -> exchange.close());
                S3Backend backend = opened(server, Optional.empty())) {
            String message =
                    assertThrows(IOException.class, () -> backend.tags()).getMessage();
            assertTrue(message.contains(server.url() + ": no trust ("), message);
            assertTrue(message.contains("with caFile in etc/io.slipway.storage.s3-test.cfg"), message);
        }
    }

    private S3Backend opened(SecureServer server, Optional<Path> caFile) throws IOException {
        Settings settings =
                TestSettings.withCaFile(TestSettings.of(folder, URI.create(server.url()), "images", 100), caFile);
        return new S3Backend(settings, folder.resolve("tags.json"), TestSettings.SMALL, 1, Clock.systemUTC());
    }
}
