package io.slipway.image;

/** The fake that other tests trust keeps the contract, too. */
class MemoryBackendTest extends OwnedBackendContract {

    private final MemoryBackend memory = new MemoryBackend();

    @Override
    protected OwnedBackend empty() {
        return memory;
    }

    @Override
    protected OwnedBackend reopened() {
        return memory;
    }
}
