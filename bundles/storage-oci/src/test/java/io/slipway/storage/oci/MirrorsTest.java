package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorsTest {

    private static final byte[] KERNEL = "kernel".getBytes(UTF_8);
    private static final Digest DIGEST = TestManifests.digest(KERNEL);

    @TempDir
    private Path folder;

    private Fixture fixture;
    private FakeRegistry registry;
    private FakeRegistry first;
    private FakeRegistry second;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        registry = fixture.registry;
        first = new FakeRegistry();
        second = new FakeRegistry();
        fixture.mirrors = List.of(first.origin(), second.origin());
        for (FakeRegistry one : List.of(registry, first, second)) {
            one.push("ubuntu", "24.04", "kernel");
        }
    }

    @AfterEach
    void close() {
        fixture.close();
        first.close();
        second.close();
    }

    @Test
    void whileTheRegistryAnswersNoMirrorIsAsked() throws IOException {
        fixture.look();
        assertArrayEquals(KERNEL, Pushes.read(fixture.backend(), DIGEST));
        assertEquals(Optional.empty(), fixture.backend().blob(TestManifests.digest("absent".getBytes(UTF_8))));
        assertEquals(0, first.requests.size() + second.requests.size());
    }

    @Test
    void theyAreAskedInOrder() throws IOException {
        registry.close();
        first.rule(".*", FakeReplies.status(503));
        fixture.look();
        assertEquals(1, fixture.backend().tags().size());
        assertArrayEquals(KERNEL, Pushes.read(fixture.backend(), DIGEST));
        assertTrue(first.requests.size() > 0);
    }

    @Test
    void aServerErrorOfTheRegistryIsNoAnswer() throws IOException {
        fixture.look();
        registry.rule(".*", FakeReplies.status(500));
        assertArrayEquals(KERNEL, Pushes.read(fixture.backend(), DIGEST));
    }

    @Test
    void whatAMirrorLacksMayBeInTheRegistry() throws IOException {
        fixture.look();
        first.blobs.clear();
        second.blobs.clear();
        registry.close();
        String message = assertThrows(IOException.class, () -> fixture.backend().blob(DIGEST))
                .getMessage();
        assertTrue(message.contains(registry.origin() + "/v2/"), message);
    }

    @Test
    void whoDidNotAnswerIsAskedLastForAWhile() throws IOException {
        fixture.look();
        registry.rule("HEAD .*", FakeReplies.nothing());
        fixture.backend().blob(DIGEST);
        long before = registry.count("HEAD .*");
        fixture.backend().blob(DIGEST);
        assertEquals(before, registry.count("HEAD .*"));
        registry.clearRules();
        fixture.clock.addAndGet(31_000_000_000L);
        fixture.backend().blob(DIGEST);
        assertEquals(before + 1, registry.count("HEAD .*"));
    }

    @Test
    void nothingIsWrittenToThem() throws IOException {
        registry.close();
        assertThrows(IOException.class, () -> Pushes.store(fixture.backend(), "initrd"));
        assertEquals(0, first.requests.size() + second.requests.size());
    }

    @Test
    void aBlobThatBreaksOffGoesOnAtAMirror() throws IOException {
        byte[] large = Pushes.random(100_000);
        Digest digest = TestManifests.digest(large);
        registry.put("ubuntu", large);
        first.put("ubuntu", large);
        fixture.look();
        registry.rule("GET .*/blobs/.*", 1, FakeReplies.broken(large, 0, 60_000));
        registry.rule("GET .*/blobs/.*", FakeReplies.nothing());
        assertArrayEquals(large, Pushes.read(fixture.backend(), digest));
        assertEquals(1, first.count("GET .*"));
    }
}
