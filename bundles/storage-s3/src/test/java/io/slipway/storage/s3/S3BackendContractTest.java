package io.slipway.storage.s3;

import io.slipway.image.OwnedBackend;
import io.slipway.image.OwnedBackendContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Every blob fits into memory. */
class S3BackendContractTest extends OwnedBackendContract {

    private static ProxyStore store;

    @TempDir
    private Path folder;

    private String bucket;
    private S3Backend backend;

    @BeforeAll
    static void start() throws Exception {
        store = new ProxyStore();
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
    }

    /** In bytes. */
    int partSize() {
        return Settings.SMALLEST_PART;
    }

    @Override
    protected OwnedBackend empty() throws IOException {
        bucket = store.newBucket();
        return open();
    }

    @Override
    protected OwnedBackend reopened() throws IOException {
        backend.close();
        return open();
    }

    private OwnedBackend open() throws IOException {
        backend = new S3Backend(
                TestSettings.of(folder, store.endpoint(), bucket, partSize()),
                folder.resolve("tags.json"),
                TestSettings.SMALL,
                4,
                Clock.systemUTC());
        return backend;
    }

    @AfterEach
    void close() {
        backend.close();
    }
}
