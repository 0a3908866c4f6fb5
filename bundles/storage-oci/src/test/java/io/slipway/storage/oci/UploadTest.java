package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Blob;
import io.slipway.image.BrokenStream;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.StorageBackend;
import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written to a registry. */
class UploadTest {

    private static final byte[] LARGE = Pushes.random(2 * Upload.CHUNK + 12_345);
    private static final String PATCH = "PATCH .*";

    @TempDir
    private Path folder;

    private Fixture fixture;
    private FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        registry = fixture.registry;
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertLargeIsStored() throws IOException {
        Blob stored = fixture.backend().store(new ByteArrayInputStream(LARGE));
        assertEquals(TestManifests.digest(LARGE), stored.digest());
        assertEquals(LARGE.length, stored.size());
        assertArrayEquals(LARGE, registry.blobs.get("blobs").get(stored.digest()));
        assertEquals(0, registry.uploads.open());
    }

    private String largeFails() {
        return assertThrows(IOException.class, () -> fixture.backend().store(new ByteArrayInputStream(LARGE)))
                .getMessage();
    }

    @Test
    void whatIsLargeGoesInChunks() throws IOException {
        assertLargeIsStored();
        assertEquals(3, registry.count(PATCH));
        assertArrayEquals(LARGE, Pushes.read(fixture.backend(), TestManifests.digest(LARGE)));
    }

    @Test
    void whatIsSmallGoesAtOnceAndOnce() throws IOException {
        Pushes.store(fixture.backend(), "kernel");
        Pushes.store(fixture.backend(), "kernel");
        assertEquals(
                List.of("HEAD", "POST", "PUT", "HEAD"),
                registry.requests.stream().map(FakeRegistry.Seen::method).toList());
    }

    @Test
    void theStreamStaysOpenHoweverLargeItIs() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        try (InputStream stream = new ByteArrayInputStream(LARGE) {
            @Override
            public void close() {
                closed.set(true);
            }
        }) {
            fixture.backend().store(stream);
            assertFalse(closed.get());
        }
    }

    @Test
    void aChunkThatFailsIsSentAgain() throws IOException {
        registry.rule(PATCH, 2, FakeReplies.status(503));
        registry.rule(PATCH, 1, FakeReplies.nothing());
        assertLargeIsStored();
        assertEquals(3, registry.count("GET /v2/blobs/blobs/uploads/.*"));
        assertEquals(3, fixture.pauses.size());
    }

    @Test
    void aChunkThatCameInPartIsSentFromThere() throws IOException {
        registry.rule(PATCH, 1, exchange -> {
            registry.uploads.takeSome(exchange, 1_000_000);
            exchange.close();
        });
        assertLargeIsStored();
    }

    @Test
    void aChunkIsNotSentForEver() {
        registry.rule(PATCH, FakeReplies.error(503, "UNAVAILABLE", "not now"));
        assertTrue(largeFails().contains("status 503, 'UNAVAILABLE: not now'"));
        assertEquals(4, registry.count(PATCH));
        assertEquals(0, registry.uploads.open(), "the session is given up");
    }

    @Test
    void aSessionThatIsForgottenIsAnError() {
        registry.rule(PATCH, 1, FakeReplies.status(503));
        registry.rule("GET .*", FakeReplies.status(404));
        assertTrue(largeFails().contains("PATCH " + registry.origin()));
    }

    @Test
    void aRegistryThatTellsOfBytesThatItWasNotSentIsRefused() {
        registry.rule(PATCH, FakeReplies.status(202, "Range", "0-99999999"));
        assertTrue(largeFails().contains("registry lab has lost bytes of an upload to blobs"));
    }

    @Test
    void aRegistryThatNeverGetsFurtherIsNotWaitedFor() {
        registry.rule(PATCH, FakeReplies.status(202, "Range", "0-0"));
        assertTrue(largeFails().contains("registry lab has lost bytes of an upload to blobs"));
        assertEquals(9, registry.count(PATCH));
    }

    @Test
    void aStreamThatBreaksGivesTheSessionUp() {
        IOException failure =
                assertThrows(IOException.class, () -> fixture.backend().store(new BrokenStream(LARGE)));
        assertEquals(BrokenStream.REASON, failure.getMessage());
        assertEquals(1, registry.count("DELETE .*"));
        assertEquals(0, registry.uploads.open());
    }

    @Test
    void aSessionThatCannotBeGivenUpHidesNothing() {
        registry.rule("DELETE .*", FakeReplies.status(500));
        IOException failure =
                assertThrows(IOException.class, () -> fixture.backend().store(new BrokenStream(LARGE)));
        assertEquals(BrokenStream.REASON, failure.getMessage());
    }

    @Test
    void aDigestThatTheRegistryDoesNotAgreeToIsAnError() {
        registry.rule("PUT .*", FakeReplies.error(400, "DIGEST_INVALID", "provided digest did not match"));
        assertTrue(largeFails().contains("'DIGEST_INVALID: provided digest did not match'"));
        assertThrows(IOException.class, () -> Pushes.store(fixture.backend(), "kernel"));
    }

    @Test
    void anEndThatCameThroughThoughTheAnswerDidNotIsOne() throws IOException {
        registry.rule("PUT .*", 1, exchange -> {
            exchange.getRequestBody().readAllBytes();
            registry.put("blobs", LARGE);
            registry.uploads.forget();
            exchange.close();
        });
        assertLargeIsStored();
        registry.rule("PUT .*", FakeReplies.nothing());
        assertTrue(assertThrows(IOException.class, () -> Pushes.store(fixture.backend(), "kernel"))
                .getMessage()
                .contains("the connection broke"));
    }

    @Test
    void blobsAreMountedIntoTheImagesRepository() throws IOException {
        Digest digest = Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
        assertEquals(2, registry.count("POST /v2/debian-12/blobs/uploads/\\?mount=sha256%3A.*&from=blobs"));
        assertEquals(2, registry.blobs.get("debian-12").size());
        assertEquals(digest, registry.tags.get("debian-12").get("current"));
        registry.requests.clear();
        Pushes.tag(fixture.backend(), ImageRef.parse("debian-12:previous"), "kernel");
        assertEquals(0, registry.count("POST .*"), "they are there");
    }

    @Test
    void blobsAreCopiedWhereNothingIsMounted() throws IOException {
        registry.mounts = false;
        StorageBackend backend = fixture.backend();
        byte[] manifest = TestManifests.of(Pushes.store(backend, "{}"), backend.store(new ByteArrayInputStream(LARGE)));
        backend.tag(Pushes.REF, manifest);
        assertArrayEquals(LARGE, registry.blobs.get("debian-12").get(TestManifests.digest(LARGE)));
        assertEquals(0, registry.uploads.open());
    }

    @Test
    void aCopyOfWhatIsDamagedTagsNothing() throws IOException {
        registry.mounts = false;
        Blob kernel = Pushes.store(fixture.backend(), "kernel");
        registry.rule("GET /v2/blobs/blobs/.*", FakeReplies.bytes(200, "kErnel".getBytes(UTF_8)));
        assertThrows(IOException.class, () -> fixture.backend().tag(Pushes.REF, TestManifests.of(kernel, kernel)));
        assertEquals(0, registry.tags.size());
        assertEquals(0, registry.uploads.open());
    }

    @Test
    void blobsOfAnotherImageAreMountedFromThere() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        Blob config = TestManifests.blob("{}".getBytes(UTF_8));
        Blob kernel = TestManifests.blob("kernel".getBytes(UTF_8));
        fixture.backend().blob(fixture.backend().tags().get(ImageRef.parse("ubuntu:24.04")));
        fixture.backend().tag(Pushes.REF, TestManifests.of(config, kernel));
        assertEquals(2, registry.count("POST .*&from=ubuntu"));
    }

    @Test
    void aTagIsShownAtOnceAndSoIsItsEnd() throws IOException {
        fixture.look();
        Digest digest = Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
        assertEquals(digest, fixture.backend().tags().get(Pushes.REF));
        assertTrue(fixture.backend().untag(Pushes.REF));
        assertEquals(0, fixture.backend().tags().size());
    }

    @Test
    void aTagThatSomebodyElseHasRemovedWasNotThere() throws IOException {
        Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
        registry.tags.get("debian-12").clear();
        assertFalse(fixture.backend().untag(Pushes.REF));
        assertEquals(0, fixture.backend().tags().size());
    }

    @Test
    void aRegistryThatRemovesNoTagsKeepsThem() throws IOException {
        registry.deletesTags = false;
        Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
        String message = assertThrows(IOException.class, () -> fixture.backend().untag(Pushes.REF))
                .getMessage();
        assertTrue(
                message.contains("status 405, 'UNSUPPORTED: The operation is unsupported.'; this registry"), message);
        assertTrue(message.contains("does not remove the tag of debian-12:current: "), message);
        assertTrue(message.contains("allow it in the registry's configuration"), message);
        assertEquals(1, fixture.backend().tags().size());
        assertEquals(0, registry.count("DELETE .*sha256.*"), "by its digest it would remove other tags, too");
    }

    @Test
    void theNameOfTheRepositoryOfBlobsIsTaken() {
        String message = assertThrows(
                        IOException.class, () -> Pushes.tag(fixture.backend(), ImageRef.parse("blobs:a"), "kernel"))
                .getMessage();
        assertTrue(message.contains("give the image another name"), message);
    }

    @Test
    void aManifestThatIsTakenForAnotherIsAnError() throws IOException {
        registry.rule(
                "PUT .*/manifests/.*", FakeReplies.status(201, "Docker-Content-Digest", "sha256:" + "0".repeat(64)));
        String message = assertThrows(IOException.class, () -> Pushes.tag(fixture.backend(), Pushes.REF, "kernel"))
                .getMessage();
        assertTrue(message.contains("it changes what is sent"), message);
        assertEquals(0, fixture.backend().tags().size());
    }

    @Test
    void aManifestThatNoRegistryTakesIsNotSent() {
        byte[] manifest = new byte[Manifest.LARGEST + 1];
        String message = assertThrows(IOException.class, () -> fixture.backend().tag(Pushes.REF, manifest))
                .getMessage();
        assertTrue(message.contains("image debian-12:current: its manifest has 4194305 bytes"), message);
    }
}
