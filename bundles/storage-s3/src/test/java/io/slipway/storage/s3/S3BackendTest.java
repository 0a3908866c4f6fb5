package io.slipway.storage.s3;

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
import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BackendTest {

    private static final ImageRef REF = ImageRef.parse("lab/debian-12:current");
    private static final int PART = 100_000;

    private static ProxyStore store;

    @TempDir
    private Path folder;

    private String bucket;
    private Relay relay;
    private S3Backend backend;

    @BeforeAll
    static void start() throws Exception {
        store = new ProxyStore();
    }

    @AfterAll
    static void stop() throws IOException {
        store.close();
    }

    @BeforeEach
    void open() throws IOException {
        bucket = store.newBucket();
        relay = new Relay(store.port());
        backend = opened(false);
    }

    @AfterEach
    void close() throws IOException {
        backend.close();
        relay.close();
    }

    private S3Backend opened(boolean isReadOnly) throws IOException {
        return new S3Backend(
                TestSettings.of(folder, relay.endpoint(), bucket, PART, isReadOnly),
                folder.resolve("tags.json"),
                TestSettings.SMALL,
                2,
                Clock.systemUTC());
    }

    @Test
    void everythingIsBelowThePrefix() throws IOException {
        Blob config = store("{}");
        Digest manifest = backend.tag(REF, TestManifests.of(config));
        Digest rotten = store("rotten").digest();
        assertTrue(backend.quarantine(rotten));
        assertEquals(
                new TreeSet<>(Set.of(
                        "lab/blobs/sha256/" + config.digest().hex(),
                        "lab/blobs/sha256/" + manifest.hex(),
                        "lab/tags/lab/debian-12/current",
                        "lab/quarantine/" + rotten.hex())),
                store.keys(bucket));
    }

    /** In a container the thread that starts a bundle has somebody else's loader. */
    @Test
    void worksWhateverLoaderTheThreadHas() throws IOException {
        backend.close();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            backend = opened(false);
            byte[] bytes = random(2 * PART);
            Digest digest = backend.store(new ByteArrayInputStream(bytes)).digest();
            assertHolds(bytes);
            assertTrue(backend.quarantine(digest));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aLargeBlobLeavesNothingElse() throws IOException {
        byte[] bytes = random(5 * PART);
        Blob blob = backend.store(new ByteArrayInputStream(bytes));
        backend.store(new ByteArrayInputStream(bytes));
        assertEquals(Set.of("lab/blobs/sha256/" + blob.digest().hex()), store.keys(bucket));
        assertEquals(0, store.uploads(bucket));
        assertHolds(bytes);
    }

    @Test
    void aBlobOfExactlyOnePartHasNoEmptyOne() throws IOException {
        for (int length : new int[] {PART - 1, PART, PART + 1, 2 * PART}) {
            byte[] bytes = random(length);
            assertEquals(length, backend.store(new ByteArrayInputStream(bytes)).size());
            assertHolds(bytes);
        }
    }

    @Test
    void aLargeStreamThatBreaksLeavesNothing() throws IOException {
        InputStream broken = new BrokenStream(random(3 * PART));
        IOException failure = assertThrows(IOException.class, () -> backend.store(broken));
        assertEquals(BrokenStream.REASON, failure.getMessage());
        assertEquals(Set.of(), store.keys(bucket));
        assertEquals(0, store.uploads(bucket));
    }

    @Test
    void aStoreThatGoesAwayDuringAnUploadIsNamed() throws IOException {
        byte[] bytes = random(5 * PART);
        InputStream stream = new SequenceInputStream(
                new ByteArrayInputStream(bytes, 0, 2 * PART), new ByteArrayInputStream(bytes, 2 * PART, 3 * PART) {
                    @Override
                    public synchronized int read(byte[] target, int offset, int length) {
                        refuse(true);
                        return super.read(target, offset, length);
                    }
                });
        String message =
                assertThrows(IOException.class, () -> backend.store(stream)).getMessage();
        assertTrue(message.startsWith("S3 storage test cannot write s3://" + bucket + "/lab/incoming/"), message);
        refuse(false);
        assertEquals(Optional.empty(), backend.blob(TestManifests.digest(bytes)));
        backend.store(new ByteArrayInputStream(bytes));
        assertHolds(bytes);
    }

    @Test
    void aBlobThatRottedIsMendedByStoringItAgain() throws IOException {
        byte[] large = random(5 * PART);
        for (byte[] bytes : new byte[][] {"kernel".getBytes(UTF_8), large}) {
            Blob blob = backend.store(new ByteArrayInputStream(bytes));
            store.put(bucket, "lab/blobs/sha256/" + blob.digest().hex(), "x".repeat(bytes.length));
            String message = assertThrows(IOException.class, () -> read(blob)).getMessage();
            assertTrue(message.contains("it is damaged; import the image again"), message);
            backend.store(new ByteArrayInputStream(bytes));
            assertHolds(bytes);
        }
    }

    @Test
    void aBlobOfAnotherSizeIsNoPartOfAnImage() throws IOException {
        Blob blob = store("kernel");
        store.put(bucket, "lab/blobs/sha256/" + blob.digest().hex(), "ker");
        String message = assertThrows(IOException.class, () -> backend.tag(REF, TestManifests.of(blob)))
                .getMessage();
        assertTrue(message.contains(blob.digest() + " of 6 bytes, which is not in S3 storage test"), message);
        assertTrue(message.contains("s3://" + bucket + "/"), message);
        assertThrows(IOException.class, () -> read(blob));
    }

    @Test
    void aConnectionThatBreaksIsFollowedByAnother() throws IOException {
        byte[] bytes = random(3_000_000);
        Blob blob = backend.store(new ByteArrayInputStream(bytes));
        relay.cut(4, 600_000);
        assertArrayEquals(bytes, read(blob));
        assertEquals(0, relay.cutsLeft());
    }

    @Test
    void aConnectionThatBreaksAllTheTimeIsGivenUp() throws IOException {
        byte[] bytes = random(1_000_000);
        Blob blob = backend.store(new ByteArrayInputStream(bytes));
        relay.cut(1000, 20_000);
        String message = assertThrows(IOException.class, () -> read(blob)).getMessage();
        relay.cut(0, 0);
        assertTrue(message.startsWith("S3 storage test cannot read s3://" + bucket + "/lab/blobs/sha256/"), message);
        assertTrue(message.contains("the connection broke 6 times"), message);
        assertHolds(bytes);
    }

    @Test
    void aStreamThatIsNotReadToItsEndIsClosed() throws IOException {
        Blob blob = backend.store(new ByteArrayInputStream(random(1_000_000)));
        InputStream stream = blob.open();
        assertTrue(stream.read() >= 0);
        stream.close();
        assertThrows(IOException.class, stream::read);
    }

    @Test
    void seesWhatAnotherServerTags() throws IOException {
        Digest digest = backend.tag(REF, TestManifests.of(store("{}")));
        store.put(bucket, "lab/tags/a/b/c", "{\"digest\":\"" + digest + "\"}");
        store.put(bucket, "lab/tags/foreign", "{}");
        store.put(bucket, "lab/tags/Not A Name/tag", "{}");
        store.put(bucket, "lab/tags/broken/tag", "{\"digest\":\"sha256:1\"}");
        store.put(bucket, "lab/tags/long/tag", " ".repeat(Tag.LONGEST + 1));
        backend.look();
        assertEquals(Map.of(REF, digest, new ImageRef("a/b", "c"), digest), backend.tags());
        store.remove(bucket, "lab/tags/lab/debian-12/current");
        backend.look();
        assertEquals(Map.of(new ImageRef("a/b", "c"), digest), backend.tags());
    }

    @Test
    void seesATagThatAnotherServerMoved() throws IOException {
        Digest first = backend.tag(REF, TestManifests.of(store("{}")));
        Digest second = backend.tag(ImageRef.parse("other"), TestManifests.of(store("{}"), store("kernel")));
        store.put(bucket, "lab/tags/lab/debian-12/current", "{\"digest\":\"" + second + "\"}");
        assertEquals(first, backend.tags().get(REF));
        backend.look();
        assertEquals(second, backend.tags().get(REF));
    }

    @Test
    void showsNoObjectsOfOthers() throws IOException {
        store.put(bucket, "lab/blobs/sha256/README", "not ours");
        store.put(bucket, "elsewhere", "not ours");
        store.put(bucket, "lab/incoming/half", "not whole");
        Digest digest = store("ours").digest();
        Set<Digest> shown = new HashSet<>();
        backend.eachBlob((found, size, stored) -> shown.add(found));
        assertEquals(Set.of(digest), shown);
    }

    @Test
    void knowsItsTagsWhileTheStoreIsDown() throws IOException {
        Digest digest = backend.tag(REF, TestManifests.of(store("{}")));
        backend.close();
        relay.refuse(true);
        backend = opened(false);
        assertEquals(Map.of(REF, digest), backend.tags());
        String message =
                assertThrows(IOException.class, () -> backend.blob(digest)).getMessage();
        assertTrue(message.startsWith("S3 storage test cannot look for s3://" + bucket + "/lab/blobs/"), message);
        backend.look();
        assertEquals(Map.of(REF, digest), backend.tags());
        relay.refuse(false);
        backend.look();
        assertTrue(backend.blob(digest).isPresent());
    }

    @Test
    void saysThatItDoesNotKnowBeforeItsFirstLook() throws IOException {
        backend.close();
        Files.deleteIfExists(folder.resolve("tags.json"));
        relay.refuse(true);
        backend = opened(false);
        String message = assertThrows(IOException.class, () -> backend.tags()).getMessage();
        assertTrue(message.startsWith("S3 storage test cannot list s3://" + bucket + "/lab/tags/"), message);
        relay.refuse(false);
        backend.look();
        assertEquals(Map.of(), backend.tags());
    }

    @Test
    void keptTagsOfAnotherBucketAreNotBelieved() throws IOException {
        backend.tag(REF, TestManifests.of(store("{}")));
        backend.close();
        bucket = store.newBucket();
        backend = opened(false);
        assertEquals(Map.of(), backend.tags());
    }

    @Test
    void damagedKeptTagsAreReadFromTheStore() throws IOException {
        Digest digest = backend.tag(REF, TestManifests.of(store("{}")));
        backend.close();
        Files.writeString(folder.resolve("tags.json"), "{\"of\":");
        backend = opened(false);
        assertEquals(Map.of(REF, digest), backend.tags());
    }

    @Test
    void whatIsOnlyReadIsNeverChanged() throws IOException {
        Digest digest = backend.tag(REF, TestManifests.of(store("{}")));
        backend.close();
        store.put(bucket, "lab/incoming/half", "of another server");
        backend = opened(true);
        backend.look();
        Set<String> before = store.keys(bucket);
        assertEquals(Map.of(REF, digest), backend.tags());
        assertHolds("{}".getBytes(UTF_8));
        assertRefused(() -> store("kernel"));
        assertRefused(() -> backend.tag(REF, new byte[0]));
        assertRefused(() -> backend.untag(REF));
        assertFalse(backend.remove(digest, Instant.now().plus(Duration.ofDays(1))));
        assertRefused(() -> backend.quarantine(digest));
        assertFalse(backend.untag(ImageRef.parse("not:here")));
        assertEquals(before, store.keys(bucket));
    }

    @Test
    void aMissingBucketIsNamed() throws IOException {
        backend.close();
        bucket = "not-there";
        backend = opened(false);
        Digest digest = TestManifests.digest(new byte[0]);
        for (Call call : new Call[] {
            () -> backend.tags(),
            () -> backend.blob(digest),
            () -> store("kernel"),
            () -> backend.eachBlob((d, s, t) -> {})
        }) {
            String message = assertThrows(IOException.class, call::run).getMessage();
            assertTrue(message.contains("NoSuchBucket; make that bucket, or mend bucket in etc/"), message);
            assertTrue(message.contains("s3://not-there/"), message);
        }
    }

    @Test
    void wrongCredentialsAreNamedAndNotShown() throws IOException {
        backend.close();
        Settings settings = TestSettings.of(folder, relay.endpoint(), bucket, PART);
        String wrong = "YW5vdGhlciBzZWNyZXQ";
        Files.writeString(folder.resolve("secret"), wrong);
        Files.delete(folder.resolve("tags.json"));
        backend = new S3Backend(settings, folder.resolve("tags.json"), TestSettings.SMALL, 1, Clock.systemUTC());
        String message = assertThrows(IOException.class, () -> backend.tags()).getMessage();
        assertTrue(message.contains("SignatureDoesNotMatch; mend what secretKey refers to in etc/"), message);
        assertFalse(message.contains(wrong), message);
        // A file that is mended counts at once.
        Files.writeString(folder.resolve("secret"), ProxyStore.SECRET_KEY);
        backend.look();
        assertEquals(Map.of(), backend.tags());
        Files.delete(folder.resolve("secret"));
        assertTrue(assertThrows(IOException.class, () -> store("kernel"))
                .getMessage()
                .contains("file:" + folder.resolve("secret") + " does not exist; write the secret to it"));
    }

    private void refuse(boolean whether) {
        try {
            relay.refuse(whether);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Call {
        void run() throws IOException;
    }

    private static void assertRefused(Call call) {
        String message = assertThrows(IOException.class, call::run).getMessage();
        assertTrue(message.contains("S3 storage test, which is only read; set readOnly = false in etc/"), message);
    }

    private Blob store(String text) throws IOException {
        return backend.store(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private void assertHolds(byte[] bytes) throws IOException {
        Optional<Blob> blob = backend.blob(TestManifests.digest(bytes));
        assertArrayEquals(bytes, read(blob.orElseThrow()));
    }

    private static byte[] read(Blob blob) throws IOException {
        try (InputStream in = blob.open()) {
            return in.readAllBytes();
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
