package io.slipway.storage.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags while the registry is away, after a restart, and while they change. */
class LookingTest {

    private static final ImageRef UBUNTU = ImageRef.parse("ubuntu:24.04");

    @TempDir
    private Path folder;

    private Fixture fixture;
    private FakeRegistry registry;
    private CapturedLog log;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(folder);
        registry = fixture.registry;
        log = CapturedLog.begin();
    }

    @AfterEach
    void close() {
        fixture.close();
        log.close();
    }

    private Path file() {
        return folder.resolve("data/look.json");
    }

    /** A thread is there a moment longer than its pool. */
    private static void assertItEnds() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("registry lab looks")) {
                thread.join(60_000);
                assertFalse(thread.isAlive());
            }
        }
    }

    @Test
    void aRegistryThatIsAwayKeepsItsTagsAndIsSaidOnce() throws IOException {
        Digest digest = registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        registry.rule(".*", FakeReplies.nothing());
        fixture.look();
        fixture.look();
        assertEquals(Map.of(UBUNTU, digest), fixture.backend().tags());
        assertEquals(
                1,
                log.count("WARN.*registry lab cannot be looked at; its images are those of 20.* until it answers:"
                        + " registry lab: GET .*/v2/_catalog: the connection broke .*"),
                log::warnings);
        registry.clearRules();
        fixture.look();
        fixture.look();
        assertEquals(1, log.count("INFO.*registry lab at http://127.0.0.1:\\d+ answers again \\(1 tags\\)"));
    }

    @Test
    void tagsAreKnownAfterARestartWhenTheRegistryIsAway() throws IOException {
        Digest digest = registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
        registry.rule(".*", FakeReplies.nothing());
        fixture.open();
        assertEquals(digest, fixture.backend().tags().get(UBUNTU));
        assertTrue(fixture.backend().tags().containsKey(Pushes.REF));
        fixture.look();
        assertEquals(2, fixture.backend().tags().size());
    }

    @Test
    void activationNeedsNoRegistry() throws IOException {
        registry.close();
        OpenRegistry open = fixture.open();
        assertEquals(Map.of(), open.backend().tags());
        open.looking().look();
        assertEquals(1, log.count("WARN.*its images are unknown until it answers: .*no connection can be made.*"));
    }

    @Test
    void theThreadLooksByItselfAndEnds() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        registry.rule("GET /v2/_catalog", exchange -> {
            asked.countDown();
            FakeReplies.text(200, "{\"repositories\":[]}").to(exchange);
        });
        OpenRegistry open = fixture.open();
        open.looking().begin();
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        open.close();
        assertItEnds();
        assertEquals("", log.warnings());
    }

    @Test
    void aLookThatIsUnderWayAtTheEndIsBrokenOff() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        registry.rule("GET /v2/_catalog", exchange -> {
            asked.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        OpenRegistry open = fixture.open();
        open.looking().begin();
        assertTrue(asked.await(60, TimeUnit.SECONDS));
        open.close();
        over.countDown();
        assertItEnds();
        assertEquals("", log.warnings());
    }

    @Test
    void whatChangesDuringALookCountsMoreThanWhatItFinds() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        CountDownLatch changed = new CountDownLatch(1);
        registry.rule("GET /v2/_catalog", 1, exchange -> {
            // The answer is made before the change and comes after it.
            Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
            fixture.backend().untag(UBUNTU);
            changed.countDown();
            FakeReplies.text(200, "{\"repositories\":[\"ubuntu\"]}").to(exchange);
        });
        registry.rule("GET /v2/ubuntu/tags/list", 1, FakeReplies.text(200, "{\"tags\":[\"24.04\"]}"));
        registry.rule(
                "HEAD /v2/ubuntu/manifests/24.04",
                1,
                FakeReplies.status(
                        200, "Content-Type", Manifest.MEDIA_TYPE, "Docker-Content-Digest", "sha256:" + "0".repeat(64)));
        fixture.look();
        assertEquals(0, changed.getCount());
        assertEquals(List.of(Pushes.REF), List.copyOf(fixture.backend().tags().keySet()));
        fixture.look();
        assertEquals(List.of(Pushes.REF), List.copyOf(fixture.backend().tags().keySet()));
    }

    @Test
    void aLookOfAnotherRegistryOrPrefixSaysNothing() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        fixture.prefix = "lab";
        assertEquals(Map.of(), fixture.open().backend().tags());
        fixture.prefix = "";
        assertEquals(1, fixture.open().backend().tags().size());
        fixture.origin = Optional.of(new Origin("http", "127.0.0.1", 1));
        assertEquals(Map.of(), fixture.open().backend().tags());
    }

    @Test
    void aLookThatIsDamagedIsNotUsed() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        String good = Files.readString(file());
        for (String damaged : List.of(
                "",
                good.substring(0, good.length() / 2),
                good.replace("sha256:", "sha1:"),
                good.replace("ubuntu:24.04", "Not A Ref"),
                good.replaceAll("\"time\" : \"[^\"]*\"", "\"time\" : \"yesterday\""))) {
            Files.writeString(file(), damaged);
            log.clear();
            assertEquals(Map.of(), fixture.open().backend().tags(), damaged);
            assertEquals(1, log.count("INFO.*the last look in .* cannot be used .*"), damaged);
        }
        fixture.look();
        assertEquals(1, fixture.backend().tags().size());
        assertEquals(1, fixture.open().backend().tags().size());
    }

    @Test
    void aLookThatCannotBeKeptIsSaidOnceAndTheTagsAreServed() throws IOException {
        Files.createFile(folder.resolve("data"));
        registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        Pushes.tag(fixture.backend(), Pushes.REF, "kernel");
        assertEquals(2, fixture.backend().tags().size());
        assertEquals(1, log.count("WARN.*registry lab: the last look cannot be kept in .*"), log::warnings);
    }

    @Test
    void whoIsInterruptedKeepsItAllTheSame() throws IOException {
        Digest digest = registry.push("ubuntu", "24.04", "kernel");
        LastLook lastLook = new LastLook(file(), fixture.settings());
        Look look = Look.NONE.with(UBUNTU, Optional.of(digest), "ubuntu");
        Thread.currentThread().interrupt();
        lastLook.keep(() -> look);
        assertTrue(Thread.interrupted(), "it is not forgotten");
        assertEquals(look, lastLook.read());
        assertEquals("", log.warnings());
    }

    @Test
    void aLookThatFindsNothingNewIsNotWrittenAgain() throws IOException {
        registry.push("ubuntu", "24.04", "kernel");
        fixture.look();
        Files.delete(file());
        fixture.look();
        assertFalse(Files.exists(file()));
        registry.push("ubuntu", "26.04", "kernel");
        fixture.look();
        assertTrue(Files.exists(file()));
        assertFalse(Files.exists(folder.resolve("data/look.json.new")));
    }
}
