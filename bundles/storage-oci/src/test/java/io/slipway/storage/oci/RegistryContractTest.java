package io.slipway.storage.oci;

import io.slipway.image.StorageBackend;
import io.slipway.image.StorageBackendContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class RegistryContractTest extends StorageBackendContract {

    @TempDir
    private Path folder;

    private Fixture fixture;

    @Override
    protected StorageBackend empty() throws IOException {
        fixture = new Fixture(folder);
        fixture.look();
        return fixture.backend();
    }

    @Override
    protected StorageBackend reopened() {
        return fixture.open().backend();
    }

    @AfterEach
    void close() {
        fixture.close();
    }
}
