package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.StorageBackend;
import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

/** What tests store, tag and read. */
final class Pushes {

    static final ImageRef REF = ImageRef.parse("debian-12:current");

    private Pushes() {}

    static Blob store(StorageBackend backend, String text) throws IOException {
        return backend.store(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    static Digest tag(StorageBackend backend, ImageRef ref, String kernel) throws IOException {
        return backend.tag(ref, TestManifests.of(store(backend, "{}"), store(backend, kernel)));
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static byte[] read(StorageBackend backend, Digest digest) throws IOException {
        try (InputStream in = backend.blob(digest).orElseThrow().open()) {
            return in.readAllBytes();
        }
    }
}
