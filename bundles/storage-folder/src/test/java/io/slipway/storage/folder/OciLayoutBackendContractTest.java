package io.slipway.storage.folder;

import io.slipway.image.StorageBackend;
import io.slipway.image.StorageBackendContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutBackendContractTest extends StorageBackendContract {

    @TempDir
    private Path folder;

    private OciLayoutBackend backend;

    @Override
    protected StorageBackend empty() throws IOException {
        backend = new OciLayoutBackend(new OciLayoutBackend.Settings(folder.resolve("made/when/absent")));
        return backend;
    }

    @Override
    protected StorageBackend reopened() throws IOException {
        backend.close();
        return empty();
    }

    @AfterEach
    void close() throws IOException {
        backend.close();
    }
}
