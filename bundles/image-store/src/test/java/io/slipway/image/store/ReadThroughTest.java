package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReadThroughTest {

    private static final ImageRef REF = ImageRef.parse("debian-12:current");
    private static final String KERNEL = "a kernel from far away";

    private final Warehouse warehouse = new Warehouse();

    @Test
    void whatWasFetchedOnceIsLocal() throws IOException {
        Digest manifest = warehouse.remote.inner.tag(REF, TestManifests.of(remote("{}"), remote(KERNEL)));
        assertEquals(manifest, warehouse.store.find(REF).orElseThrow().digest());
        assertEquals(KERNEL, content(warehouse.store.blob(Warehouse.digest(KERNEL))));
        int asked = warehouse.remote.blobsAsked.get();
        assertEquals(KERNEL, content(warehouse.store.blob(Warehouse.digest(KERNEL))));
        assertEquals(asked, warehouse.remote.blobsAsked.get());
        assertTrue(warehouse.local.blob(manifest).isPresent());
    }

    @Test
    void whatWasFetchedIsServedWhileTheRemoteIsDown() throws IOException {
        warehouse.remote.inner.store(new ByteArrayInputStream(KERNEL.getBytes(UTF_8)));
        warehouse.store.blob(Warehouse.digest(KERNEL));
        warehouse.remote.broken = true;
        assertEquals(KERNEL, content(warehouse.store.blob(Warehouse.digest(KERNEL))));
    }

    @Test
    void aLocalBackendThatFailsIsNoReasonNotToAskTheOthers() throws IOException {
        remote(KERNEL);
        warehouse.services.remove(0);
        assertEquals(KERNEL, content(warehouse.store.blob(Warehouse.digest(KERNEL))));
        assertFalse(warehouse.local.blob(Warehouse.digest(KERNEL)).isPresent());
    }

    @Test
    void saysWhyABlobCouldNotBeKept() throws IOException {
        remote(KERNEL);
        warehouse.local.isFull = true;
        assertEquals(
                "No space left on device",
                assertThrows(IOException.class, () -> warehouse.store.blob(Warehouse.digest(KERNEL)))
                        .getMessage());
        warehouse.local.isFull = false;
        assertEquals(KERNEL, content(warehouse.store.blob(Warehouse.digest(KERNEL))));
    }

    @Test
    void otherBytesThanWereAskedForAreRefused() throws IOException {
        Blob liar = new OtherBlob(Warehouse.digest("what was asked for"), "something else", new CountDownLatch(0));
        String message = assertThrows(IOException.class, () -> new ReadThrough().fetch(liar, warehouse.local))
                .getMessage();
        assertTrue(message.contains("came with other bytes"), message);
        assertFalse(warehouse.local.blob(liar.digest()).isPresent());
    }

    @Test
    @Timeout(30)
    void manyWhoAskAtOnceFetchItOnce() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Blob slow = new OtherBlob(Warehouse.digest(KERNEL), KERNEL, open);
        ReadThrough readThrough = new ReadThrough();
        ExecutorService machines = Executors.newFixedThreadPool(8);
        try {
            List<Future<Blob>> answers = IntStream.range(0, 8)
                    .mapToObj(machine -> machines.submit(() -> readThrough.fetch(slow, warehouse.local)))
                    .toList();
            open.countDown();
            for (Future<Blob> answer : answers) {
                assertEquals(slow.digest(), answer.get(20, TimeUnit.SECONDS).digest());
            }
            assertEquals(1, warehouse.local.stored.get());
        } finally {
            machines.shutdownNow();
        }
    }

    private Blob remote(String content) throws IOException {
        return warehouse.remote.inner.store(new ByteArrayInputStream(content.getBytes(UTF_8)));
    }

    private static String content(Optional<Blob> blob) throws IOException {
        try (InputStream bytes = blob.orElseThrow().open()) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
    }

    /** Says one digest and has whatever bytes, once the gate is open. */
    private record OtherBlob(Digest digest, String content, CountDownLatch gate) implements Blob {

        @Override
        public long size() {
            return content.length();
        }

        @Override
        public Optional<Path> file() {
            return Optional.empty();
        }

        @Override
        public InputStream open() throws IOException {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return new ByteArrayInputStream(content.getBytes(UTF_8));
        }
    }
}
