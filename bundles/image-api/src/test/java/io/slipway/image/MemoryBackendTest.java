package io.slipway.image;

/** The fake that other tests trust keeps the contract, too. */
class MemoryBackendTest extends StorageBackendContract {

    private final MemoryBackend backend = new MemoryBackend();

    @Override
    protected StorageBackend empty() {
        return backend;
    }

    @Override
    protected StorageBackend reopened() {
        return backend;
    }
}
