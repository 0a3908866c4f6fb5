package io.slipway.storage.oci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that come wrong, or not at all, or in pieces. */
class BlobStreamTest {

    private static final byte[] BYTES = Pushes.random(300_000);
    private static final Digest DIGEST = TestManifests.digest(BYTES);
    private static final String GET = "GET /v2/blobs/blobs/.*";

    @TempDir
    private Path folder;

    private Fixture fixture;
    private FakeRegistry registry;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        registry = fixture.registry;
        registry.put("blobs", BYTES);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private String readFails() {
        String message = assertThrows(IOException.class, () -> Pushes.read(fixture.backend(), DIGEST))
                .getMessage();
        assertTrue(message.startsWith("registry lab: GET " + registry.origin() + "/v2/blobs/blobs/" + DIGEST), message);
        return message;
    }

    private List<Optional<String>> ranges() {
        return registry.requests.stream()
                .filter(seen -> seen.method().equals("GET"))
                .map(FakeRegistry.Seen::range)
                .toList();
    }

    @Test
    void tellsItsSizeAndHasNoFile() throws IOException {
        Blob blob = fixture.backend().blob(DIGEST).orElseThrow();
        assertEquals(300_000, blob.size());
        assertEquals(Optional.empty(), blob.file());
        assertEquals(0, registry.count("GET .*"));
        assertArrayEquals(BYTES, Pushes.read(fixture.backend(), DIGEST));
    }

    @Test
    void whatDoesNotHashToTheDigestFailsAtItsEnd() throws IOException {
        byte[] rotten = BYTES.clone();
        rotten[299_999] ^= 1;
        registry.rule(GET, FakeReplies.bytes(200, rotten));
        assertTrue(readFails().contains("blob " + DIGEST + " is damaged: its bytes are not those of its digest"));
        try (InputStream in = fixture.backend().blob(DIGEST).orElseThrow().open()) {
            assertThrows(IOException.class, () -> in.readNBytes(300_000), "also for who reads what was promised only");
            assertThrows(IOException.class, in::read, "it stays so");
        }
    }

    @Test
    void anotherLengthIsSeenAtOnce() {
        registry.rule(GET, FakeReplies.bytes(200, Arrays.copyOf(BYTES, 299_999)));
        assertTrue(readFails().contains("it has 299999 bytes there, and not 300000"));
        registry.clearRules();
        registry.rule(GET, FakeReplies.bytes(200, Arrays.copyOf(BYTES, 300_001)));
        assertTrue(readFails().contains("it has 300001 bytes there, and not 300000"));
    }

    @Test
    void goesOnWhereItBroke() throws IOException {
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 100_000));
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 100_000, 200_000));
        assertArrayEquals(BYTES, Pushes.read(fixture.backend(), DIGEST));
        assertEquals(List.of(Optional.empty(), Optional.of("bytes=100000-"), Optional.of("bytes=200000-")), ranges());
        assertEquals(List.of(Duration.ofMillis(500)), fixture.pauses, "at once the first time");
    }

    @Test
    void whatGoesOnIsProvedToo() {
        byte[] rotten = BYTES.clone();
        rotten[299_999] ^= 1;
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 100_000));
        registry.rule(GET, FakeReplies.rest(rotten, 100_000));
        assertTrue(readFails().contains("is damaged"));
    }

    @Test
    void aRegistryThatBeginsAnewIsListenedToFromThere() throws IOException {
        registry.takesRanges = false;
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 100_000));
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 50_000));
        assertArrayEquals(BYTES, Pushes.read(fixture.backend(), DIGEST));
        assertEquals(3, registry.count("GET .*"));
    }

    @Test
    void anotherRangeIsRefused() {
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 100_000));
        registry.rule(GET, FakeReplies.rest(BYTES, 150_000));
        assertTrue(readFails().contains("its rest was asked for from byte 100000, and something else came"));
        registry.clearRules();
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 100_000));
        registry.rule(GET, FakeReplies.status(206));
        assertTrue(readFails().contains("and something else came"));
    }

    @Test
    void aBodyWithoutALengthMayEndEarlyToo() throws IOException {
        registry.rule(GET, 1, exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked
            exchange.getResponseBody().write(BYTES, 0, 1000);
        });
        assertArrayEquals(BYTES, Pushes.read(fixture.backend(), DIGEST));
        assertEquals(List.of(Optional.empty(), Optional.of("bytes=1000-")), ranges());
    }

    @Test
    void itIsNotTriedForEver() {
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 100_000));
        registry.rule(GET, FakeReplies.broken(BYTES, 100_000, 100_001));
        assertTrue(readFails().contains("the connection broke ("));
        assertEquals(4, fixture.pauses.size());
    }

    @Test
    void aRegistryThatIsStartedAgainMeanwhileIsWaitedFor() throws IOException {
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 100_000));
        registry.rule(GET, 4, FakeReplies.nothing());
        assertArrayEquals(BYTES, Pushes.read(fixture.backend(), DIGEST));
    }

    @Test
    void whatIsGoneMeanwhileIsAnError() {
        registry.rule(GET, 1, FakeReplies.broken(BYTES, 0, 100_000));
        registry.rule(GET, FakeReplies.status(404));
        assertTrue(readFails().contains("status 404"));
    }

    @Test
    void whoClosesItReadsNoMore() throws IOException {
        InputStream in = fixture.backend().blob(DIGEST).orElseThrow().open();
        assertEquals(BYTES[0], (byte) in.read());
        assertEquals(0, in.read(new byte[0]));
        in.close();
        in.close();
        assertThrows(IOException.class, in::read);
    }

    @Test
    void whatDoesNotTellItsSizeIsNoBlob() {
        registry.rule("HEAD .*/blobs/sha256.*", FakeReplies.status(200));
        String message = assertThrows(IOException.class, () -> fixture.backend().blob(DIGEST))
                .getMessage();
        assertTrue(message.contains("it does not tell its size (Content-Length)"), message);
    }
}
