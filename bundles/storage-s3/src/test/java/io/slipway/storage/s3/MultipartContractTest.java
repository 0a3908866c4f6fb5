package io.slipway.storage.s3;

/** Larger blobs are sent in parts, and copied in parts. */
class MultipartContractTest extends S3BackendContractTest {

    @Override
    int partSize() {
        return 50_000;
    }
}
