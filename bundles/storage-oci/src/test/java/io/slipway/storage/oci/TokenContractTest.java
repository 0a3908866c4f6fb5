package io.slipway.storage.oci;

import io.slipway.image.StorageBackend;
import io.slipway.image.StorageBackendContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The same below a prefix, in a registry that wants tokens, mounts nothing, and of which every restart sees a look. */
class TokenContractTest extends StorageBackendContract {

    @TempDir
    private Path folder;

    private Fixture fixture;

    @Override
    protected StorageBackend empty() throws IOException {
        fixture = new Fixture(folder).as("slipway");
        fixture.prefix = "lab/boot";
        fixture.registry.mounts = false;
        fixture.registry.page = 2;
        fixture.registry.login =
                Optional.of(FakeLogin.bearer("slipway", Fixture.PASSWORD, fixture.registry.origin() + "/token"));
        fixture.look();
        return fixture.backend();
    }

    @Override
    protected StorageBackend reopened() {
        fixture.open();
        fixture.look();
        return fixture.backend();
    }

    @AfterEach
    void close() {
        fixture.close();
    }
}
