package io.slipway.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What every {@link OwnedBackend} does, beyond what every {@link StorageBackend} does. A backend may know times to the
 * second only: it then keeps what it might have to keep.
 */
public abstract class OwnedBackendContract extends StorageBackendContract {

    private static final ImageRef CURRENT = ImageRef.parse("debian-12:current");

    /** How far the time of a blob may be from that of who stored it: clocks that tell seconds only. */
    private static final Duration COARSE = Duration.ofSeconds(5);

    @Override
    protected abstract OwnedBackend empty() throws IOException;

    @Override
    protected abstract OwnedBackend reopened() throws IOException;

    @Test
    void startsWithoutBlobs() throws IOException {
        assertEquals(Map.of(), shown());
    }

    @Test
    void showsAllBlobsAndManifests() throws IOException {
        byte[] manifest = TestManifests.of(store("{}"), store("kernel"), store("initrd"));
        backend.tag(CURRENT, manifest);
        store("of no image");
        store("");
        Map<String, Long> expected = new TreeMap<>();
        for (byte[] bytes : new byte[][] {
            "{}".getBytes(UTF_8),
            "kernel".getBytes(UTF_8),
            "initrd".getBytes(UTF_8),
            "of no image".getBytes(UTF_8),
            new byte[0],
            manifest
        }) {
            expected.put(TestManifests.digest(bytes).hex(), (long) bytes.length);
        }
        assertEquals(expected, shown());
        backend = reopened();
        assertEquals(expected, shown());
    }

    @Test
    void showsNothingThatIsNotWhole() throws IOException {
        store("whole");
        assertThrows(IOException.class, () -> backend.store(new BrokenStream(random(70_000))));
        assertEquals(Map.of(TestManifests.digest("whole".getBytes(UTF_8)).hex(), 5L), shown());
    }

    @Test
    void showsOnceWhatWasStoredTwice() throws IOException {
        store("kernel");
        store("kernel");
        assertEquals(Map.of(TestManifests.digest("kernel".getBytes(UTF_8)).hex(), 6L), shown());
    }

    @Test
    void tellsWhenABlobWasStored() throws IOException {
        Instant before = Instant.now().minus(COARSE);
        store("kernel");
        Instant after = Instant.now().plus(COARSE);
        owned().eachBlob((digest, size, stored) -> {
            assertFalse(stored.isBefore(before), () -> stored + " is before " + before);
            assertFalse(stored.isAfter(after), () -> stored + " is after " + after);
        });
        assertEquals(1, shown().size());
    }

    @Test
    void whatTheVisitorThrowsEndsTheVisit() throws IOException {
        store("kernel");
        store("initrd");
        IOException enough = new IOException("enough");
        IOException thrown = assertThrows(IOException.class, () -> owned().eachBlob((digest, size, stored) -> {
            throw enough;
        }));
        assertSame(enough, thrown);
    }

    @Test
    void removes() throws IOException {
        Digest digest = store("kernel").digest();
        Digest other = store("initrd").digest();
        assertTrue(owned().remove(digest, later()));
        assertEquals(Optional.empty(), backend.blob(digest));
        assertEquals(Map.of(other.hex(), 6L), shown());
        assertFalse(owned().remove(digest, later()));
        backend = reopened();
        assertEquals(Optional.empty(), backend.blob(digest));
        assertEquals(Map.of(other.hex(), 6L), shown());
        assertHolds("initrd".getBytes(UTF_8));
    }

    @Test
    void whatIsNotHereIsNotRemoved() throws IOException {
        assertFalse(owned().remove(TestManifests.digest(random(10)), later()));
    }

    @Test
    void removesALargeBlob() throws IOException {
        byte[] bytes = random(3_000_001);
        Digest digest = backend.store(new ByteArrayInputStream(bytes)).digest();
        assertTrue(owned().remove(digest, later()));
        assertEquals(Map.of(), shown());
    }

    @Test
    void whatWasRemovedCanBeStoredAgain() throws IOException {
        Digest digest = store("kernel").digest();
        assertTrue(owned().remove(digest, later()));
        assertEquals(digest, store("kernel").digest());
        assertHolds("kernel".getBytes(UTF_8));
        assertEquals(Map.of(digest.hex(), 6L), shown());
        backend = reopened();
        assertHolds("kernel".getBytes(UTF_8));
    }

    @Test
    void keepsWhatWasStoredSince() throws IOException {
        Instant since = Instant.now();
        Digest digest = store("kernel").digest();
        assertFalse(owned().remove(digest, since));
        assertHolds("kernel".getBytes(UTF_8));
    }

    @Test
    void keepsWhatWasStoredAgainSince() throws IOException {
        byte[] large = random(3_000_001);
        Digest digest = store("kernel").digest();
        Digest largeDigest = backend.store(new ByteArrayInputStream(large)).digest();
        Instant since = Instant.now();
        store("kernel");
        backend.store(new ByteArrayInputStream(large));
        assertFalse(owned().remove(digest, since));
        assertFalse(owned().remove(largeDigest, since));
        assertHolds(large);
        backend = reopened();
        assertFalse(owned().remove(digest, since));
        assertFalse(owned().remove(largeDigest, since));
        assertHolds("kernel".getBytes(UTF_8));
        assertHolds(large);
    }

    @Test
    void keepsAManifestThatWasTaggedAgainSince() throws IOException {
        byte[] manifest = TestManifests.of(store("{}"));
        Digest digest = backend.tag(CURRENT, manifest);
        Instant since = Instant.now();
        backend.tag(CURRENT, manifest);
        assertFalse(owned().remove(digest, since));
        assertHolds(manifest);
    }

    /** What a tag refers to is the caller's to know. */
    @Test
    void removesWhatATagNamesAndLeavesTheTag() throws IOException {
        Digest digest = backend.tag(CURRENT, TestManifests.of(store("{}")));
        assertTrue(owned().remove(digest, later()));
        assertEquals(Map.of(CURRENT, digest), backend.tags());
        assertEquals(Optional.empty(), backend.blob(digest));
    }

    @Test
    void whatIsQuarantinedIsAbsent() throws IOException {
        Digest digest = store("rotten kernel").digest();
        Digest other = store("initrd").digest();
        assertTrue(owned().quarantine(digest));
        assertEquals(Optional.empty(), backend.blob(digest));
        assertEquals(Map.of(other.hex(), 6L), shown());
        assertFalse(owned().quarantine(digest));
        assertFalse(owned().remove(digest, later()));
        backend = reopened();
        assertEquals(Optional.empty(), backend.blob(digest));
        assertEquals(Map.of(other.hex(), 6L), shown());
    }

    @Test
    void whatIsNotHereIsNotQuarantined() throws IOException {
        assertFalse(owned().quarantine(TestManifests.digest(random(10))));
    }

    @Test
    void whatIsQuarantinedIsNoPartOfAnImage() throws IOException {
        byte[] manifest = TestManifests.of(store("{}"), store("kernel"));
        Digest digest = TestManifests.digest("kernel".getBytes(UTF_8));
        assertTrue(owned().quarantine(digest));
        IOException failure = assertThrows(IOException.class, () -> backend.tag(CURRENT, manifest));
        assertTrue(failure.getMessage().contains(digest.toString()), failure.getMessage());
    }

    @Test
    void storingAgainBringsBackWhatWasQuarantined() throws IOException {
        byte[] large = random(3_000_001);
        for (byte[] bytes : new byte[][] {"kernel".getBytes(UTF_8), large}) {
            Digest digest = backend.store(new ByteArrayInputStream(bytes)).digest();
            assertTrue(owned().quarantine(digest));
            backend.store(new ByteArrayInputStream(bytes));
            assertHolds(bytes);
            assertTrue(owned().quarantine(digest), "a second time, though one is aside already");
            backend.store(new ByteArrayInputStream(bytes));
            assertHolds(bytes);
        }
        backend = reopened();
        assertHolds(large);
        assertEquals(2, shown().size());
    }

    @Test
    void keepsWhatIsStoredByManyAtOnce() throws Exception {
        byte[] common = random(300_000);
        Digest digest = TestManifests.digest(common);
        Parallel.run(8, number -> {
            Instant since = Instant.now();
            backend.store(new ByteArrayInputStream(common));
            assertFalse(owned().remove(digest, since));
            assertTrue(shown().containsKey(digest.hex()));
            Digest mine = store("kernel " + number).digest();
            assertTrue(shown().containsKey(mine.hex()));
            assertTrue(owned().remove(mine, later()));
            assertFalse(shown().containsKey(mine.hex()));
        });
        assertHolds(common);
        assertEquals(Map.of(digest.hex(), 300_000L), shown());
    }

    /** Whoever wins, what is here is whole, and nothing is shown that is not here. */
    @Test
    void manyStoreAndRemoveTheSame() throws Exception {
        byte[] common = random(300_000);
        Digest digest = TestManifests.digest(common);
        Parallel.run(8, number -> {
            if (number % 2 == 0) {
                backend.store(new ByteArrayInputStream(common));
            } else if (number % 4 == 1) {
                owned().remove(digest, later());
            } else {
                owned().quarantine(digest);
            }
        });
        assertEquals(backend.blob(digest).isPresent(), shown().containsKey(digest.hex()));
        backend.store(new ByteArrayInputStream(common));
        assertHolds(common);
        assertEquals(Map.of(digest.hex(), 300_000L), shown());
    }

    private OwnedBackend owned() {
        return (OwnedBackend) backend;
    }

    /** A moment since which nothing was stored, whatever the clocks of the storage say. */
    private static Instant later() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    /** Size by digest; each blob is shown once. */
    private Map<String, Long> shown() throws IOException {
        Map<String, Long> shown = new TreeMap<>();
        owned().eachBlob((digest, size, stored) -> {
            Long before = shown.put(digest.hex(), size);
            assertNull(before, () -> digest + " is shown twice");
        });
        return shown;
    }
}
