package io.slipway.state.embedded;

import io.slipway.state.StateStore;
import io.slipway.state.StateStoreContract;
import java.nio.file.Path;

class EmbeddedContractTest extends StateStoreContract {

    @Override
    protected StateStore open(Path folder) throws Exception {
        return LogStore.open(DiskFolder.own(folder), Limits.DEFAULT);
    }

    @Override
    protected void close(StateStore store) throws Exception {
        ((LogStore) store).close();
    }
}
