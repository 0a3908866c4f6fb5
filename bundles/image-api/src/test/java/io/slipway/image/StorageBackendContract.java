package io.slipway.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link StorageBackend} does. A backend's test extends this class and says how to open it; it closes what
 * it opened in its own {@code @AfterEach}.
 */
public abstract class StorageBackendContract {

    private static final ImageRef CURRENT = ImageRef.parse("debian-12:current");
    private static final ImageRef PREVIOUS = ImageRef.parse("debian-12:previous");

    /** What is tested: {@link #empty}'s, until a test has it reopened. */
    StorageBackend backend;

    /** A backend over storage that holds nothing yet. Called once for each test. */
    protected abstract StorageBackend empty() throws IOException;

    /** Closes the backend that {@link #empty} opened and gives its storage as a restarted server sees it. */
    protected abstract StorageBackend reopened() throws IOException;

    @BeforeEach
    void open() throws IOException {
        backend = empty();
    }

    @Test
    void startsWithoutTags() throws IOException {
        assertEquals(Map.of(), backend.tags());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 65_536, 3_000_001})
    void givesBackWhatWasStored(int length) throws IOException {
        byte[] bytes = random(length);
        Blob stored = backend.store(new ByteArrayInputStream(bytes));
        assertEquals(TestManifests.digest(bytes), stored.digest());
        assertEquals(length, stored.size());
        assertHolds(bytes);
    }

    @Test
    void storesTheSameBytesTwice() throws IOException {
        byte[] bytes = random(100_000);
        Digest first = backend.store(new ByteArrayInputStream(bytes)).digest();
        Digest second = backend.store(new ByteArrayInputStream(bytes)).digest();
        assertEquals(first, second);
        assertHolds(bytes);
    }

    @Test
    void knowsNothingOfOtherBlobs() throws IOException {
        store("here");
        assertEquals(Optional.empty(), backend.blob(TestManifests.digest("not here".getBytes(UTF_8))));
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        try (InputStream stream = new ByteArrayInputStream(random(10)) {
            @Override
            public void close() {
                closed.set(true);
            }
        }) {
            backend.store(stream);
            assertFalse(closed.get());
        }
    }

    @Test
    void aStreamThatBreaksLeavesNothingBehind() throws IOException {
        byte[] begun = random(70_000);
        InputStream broken = new BrokenStream(begun);
        IOException failure = assertThrows(IOException.class, () -> backend.store(broken));
        assertTrue(failure.getMessage().contains(BrokenStream.REASON), failure.getMessage());
        assertEquals(Optional.empty(), backend.blob(TestManifests.digest(begun)));
        assertEquals(Optional.empty(), reopened().blob(TestManifests.digest(begun)));
    }

    @Test
    void tagsAManifest() throws IOException {
        byte[] manifest = TestManifests.of(store("{}"), store("kernel"), store("initrd"));
        Digest digest = backend.tag(CURRENT, manifest);
        assertEquals(TestManifests.digest(manifest), digest);
        assertEquals(Map.of(CURRENT, digest), backend.tags());
        assertHolds(manifest);
    }

    @Test
    void movesATagAndKeepsWhatItNamedBefore() throws IOException {
        byte[] first = TestManifests.of(store("{}"), store("kernel 6.1"));
        byte[] second = TestManifests.of(store("{}"), store("kernel 6.12"));
        backend.tag(CURRENT, first);
        backend.tag(PREVIOUS, first);
        backend.tag(CURRENT, second);
        assertEquals(
                Map.of(CURRENT, TestManifests.digest(second), PREVIOUS, TestManifests.digest(first)), backend.tags());
        assertHolds(first);
    }

    @Test
    void refusesAManifestWhoseBlobsAreNotHere() throws IOException {
        Digest before = backend.tag(CURRENT, TestManifests.of(store("{}"), store("kernel")));
        Blob elsewhere = TestManifests.blob("elsewhere".getBytes(UTF_8));
        byte[] lacksLayer = TestManifests.of(store("{}"), elsewhere);
        byte[] lacksConfig = TestManifests.of(elsewhere, store("kernel"));
        for (byte[] manifest : new byte[][] {lacksLayer, lacksConfig}) {
            IOException failure = assertThrows(IOException.class, () -> backend.tag(CURRENT, manifest));
            assertTrue(failure.getMessage().contains(elsewhere.digest().toString()), failure.getMessage());
        }
        assertEquals(Map.of(CURRENT, before), backend.tags());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "[]", "{}", "{\"schemaVersion\":2,\"layers\":[]}"})
    void refusesWhatIsNoManifest(String text) throws IOException {
        IOException failure = assertThrows(IOException.class, () -> backend.tag(CURRENT, text.getBytes(UTF_8)));
        assertTrue(failure.getMessage().contains(CURRENT.toString()), failure.getMessage());
        assertEquals(Map.of(), backend.tags());
    }

    @Test
    void untagsAndKeepsTheBlobs() throws IOException {
        byte[] manifest = TestManifests.of(store("{}"), store("kernel"));
        backend.tag(CURRENT, manifest);
        assertFalse(backend.untag(PREVIOUS));
        assertTrue(backend.untag(CURRENT));
        assertFalse(backend.untag(CURRENT));
        assertEquals(Map.of(), backend.tags());
        assertHolds(manifest);
        assertHolds("kernel".getBytes(UTF_8));
    }

    @Test
    void givesTheTagsOfOneMoment() throws IOException {
        byte[] manifest = TestManifests.of(store("{}"), store("kernel"));
        Map<ImageRef, Digest> before = backend.tags();
        Digest digest = backend.tag(CURRENT, manifest);
        Map<ImageRef, Digest> after = backend.tags();
        backend.untag(CURRENT);
        assertEquals(Map.of(), before);
        assertEquals(Map.of(CURRENT, digest), after);
    }

    @Test
    void keepsEverythingOverARestart() throws IOException {
        byte[] manifest = TestManifests.of(store("{}"), store("kernel"));
        Digest digest = backend.tag(CURRENT, manifest);
        backend.tag(PREVIOUS, manifest);
        backend.untag(PREVIOUS);
        backend = reopened();
        assertEquals(Map.of(CURRENT, digest), backend.tags());
        assertHolds(manifest);
        assertHolds("kernel".getBytes(UTF_8));
    }

    @Test
    void takesManyWritersAtOnce() throws Exception {
        StorageBackend shared = backend;
        byte[] common = random(300_000);
        Parallel.run(8, writer -> {
            shared.store(new ByteArrayInputStream(common));
            byte[] manifest = TestManifests.of(store("{}"), store("kernel " + writer));
            shared.tag(new ImageRef("image-" + writer, "current"), manifest);
        });
        assertEquals(8, backend.tags().size());
        assertHolds(common);
        for (Digest manifest : backend.tags().values()) {
            assertTrue(backend.blob(manifest).isPresent());
        }
    }

    final Blob store(String text) throws IOException {
        return backend.store(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    final void assertHolds(byte[] bytes) throws IOException {
        Blob blob = backend.blob(TestManifests.digest(bytes)).orElseThrow();
        assertEquals(TestManifests.digest(bytes), blob.digest());
        assertEquals(bytes.length, blob.size());
        try (InputStream in = blob.open()) {
            assertArrayEquals(bytes, in.readAllBytes());
        }
        if (blob.file().isPresent()) {
            assertArrayEquals(bytes, Files.readAllBytes(blob.file().orElseThrow()));
        }
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
