package io.slipway.storage.folder;

import io.slipway.image.OwnedBackend;
import io.slipway.image.OwnedBackendContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class OciLayoutBackendContractTest extends OwnedBackendContract {

    @TempDir
    private Path folder;

    private OciLayoutBackend layout;

    @Override
    protected OwnedBackend empty() throws IOException {
        layout = new OciLayoutBackend(new OciLayoutBackend.Settings(folder.resolve("made/when/absent")));
        return layout;
    }

    @Override
    protected OwnedBackend reopened() throws IOException {
        layout.close();
        return empty();
    }

    @AfterEach
    void close() throws IOException {
        layout.close();
    }
}
