package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator reads when a registry does not do what it should. */
class ErrorsTest {

    private static final Digest ABSENT = TestManifests.digest("absent".getBytes(UTF_8));

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

    private String failure(Executable action) {
        String message = assertThrows(IOException.class, action).getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    private String storeFails() {
        return failure(() -> Pushes.store(fixture.backend(), "kernel"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | see whether url in etc/io.slipway.storage.oci-lab.cfg is that of an OCI registry
            401 | it wants to know who asks: set user and password in etc/io.slipway.storage.oci-lab.cfg
            403 | let the registry's administrator allow this to everybody
            404 | see url and prefix in etc/io.slipway.storage.oci-lab.cfg
            405 | the registry does not do this
            413 | let the registry, or the proxy before it, take larger requests
            429 | it is asked too often: raise refresh in etc/io.slipway.storage.oci-lab.cfg
            500 | look into the registry's log
            502 | look into the registry's log
            503 | look into the registry's log
            418 | see whether url in etc/io.slipway.storage.oci-lab.cfg is that of an OCI registry""")
    void eachStatusHasItsCure(int status, String cure) {
        registry.rule("POST .*", FakeReplies.error(status, "CODE", "what it says"));
        String message = storeFails();
        String start = "registry lab: POST " + registry.origin() + "/v2/blobs/blobs/uploads/: status " + status
                + ", 'CODE: what it says'; ";
        assertTrue(message.startsWith(start), message);
        assertTrue(message.contains(cure), message);
    }

    @Test
    void whatTheRegistrySaysIsOneLineAndCut() {
        registry.rule("POST .*", 1, FakeReplies.error(400, "CODE", "a\\u001b[2Jb\\nc" + "x".repeat(1000)));
        String message = storeFails();
        assertTrue(message.contains("'CODE: a?[2Jb?cxxx"), message);
        assertTrue(message.contains("xxx…'"), message);
        assertTrue(message.length() < 500, message);
    }

    @Test
    void aPageOfAProxySaysNothing() {
        registry.rule("POST .*", FakeReplies.text(403, "<html>" + "no ".repeat(100_000)));
        assertTrue(storeFails().contains("status 403; let"));
    }

    @Test
    void aServerErrorIsTriedAgainWithLongerPauses() throws IOException {
        registry.rule("POST .*", 2, FakeReplies.status(503));
        Pushes.store(fixture.backend(), "kernel");
        assertEquals(List.of(Duration.ofMillis(500), Duration.ofSeconds(1)), fixture.pauses);
        registry.rule("POST .*", FakeReplies.status(503));
        assertTrue(failure(() -> Pushes.store(fixture.backend(), "initrd")).contains("status 503"));
        assertEquals(4, fixture.pauses.size());
    }

    @Test
    void retryAfterIsHonoured() throws IOException {
        registry.rule("POST .*", 1, FakeReplies.status(429, "Retry-After", "7"));
        Pushes.store(fixture.backend(), "kernel");
        assertEquals(List.of(Duration.ofSeconds(7)), fixture.pauses);
        registry.rule("POST .*", FakeReplies.status(429, "Retry-After", "31"));
        assertTrue(failure(() -> Pushes.store(fixture.backend(), "initrd")).contains("status 429"));
        assertEquals(1, fixture.pauses.size(), "nobody waits that long");
    }

    @Test
    void retryAfterMayBeADate() {
        Instant now = Instant.parse("2026-11-30T20:00:00Z");
        assertEquals(
                Optional.of(Duration.ofSeconds(90)),
                Retries.retryAfter(
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                now.plusSeconds(90).atOffset(ZoneOffset.UTC)),
                        now));
        assertEquals(Optional.of(Duration.ZERO), Retries.retryAfter("Mon, 30 Nov 2026 19:00:00 GMT", now));
        assertEquals(Optional.empty(), Retries.retryAfter("soon", now));
        assertEquals(Optional.empty(), Retries.retryAfter("-1", now));
    }

    @Test
    void nobodyListens() throws IOException {
        Origin nobody = registry.origin();
        registry.close();
        String message = storeFails();
        assertTrue(message.startsWith("registry lab: HEAD " + nobody + "/v2/blobs/blobs/sha256:"), message);
        assertTrue(message.contains("no connection can be made; see whether the registry runs, and url in"), message);
    }

    @Test
    void nobodyIsCalledSo() {
        fixture.origin = Optional.of(new Origin("http", "registry.invalid", 80));
        assertTrue(storeFails().contains("this host is not known; see url in etc/io.slipway.storage.oci-lab.cfg"));
    }

    @Test
    void aConnectionThatIsClosedIsTriedOnceMore() throws IOException {
        registry.rule("POST .*", 1, FakeReplies.nothing());
        Pushes.store(fixture.backend(), "kernel");
        registry.rule("POST .*", FakeReplies.nothing());
        String message = failure(() -> Pushes.store(fixture.backend(), "initrd"));
        assertTrue(message.contains("the connection broke ("), message);
        assertEquals(4, registry.count("POST .*"));
    }

    @Test
    void nothingComesInTime() {
        CountDownLatch over = new CountDownLatch(1);
        fixture.timeout = Duration.ofMillis(200);
        registry.rule("POST .*", exchange -> await(over));
        String message = storeFails();
        over.countDown();
        assertTrue(message.contains("nothing came in time; look at the registry's load, or raise timeout"), message);
    }

    @Test
    void aBodyThatStopsIsNotWaitedForForEver() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        byte[] kernel = Pushes.random(100_000);
        registry.put("blobs", kernel);
        fixture.timeout = Duration.ofMillis(200);
        registry.rule("GET /v2/blobs/blobs/.*", exchange -> {
            exchange.sendResponseHeaders(200, kernel.length);
            exchange.getResponseBody().write(kernel, 0, 1000);
            exchange.getResponseBody().flush();
            await(over);
        });
        String message = failure(() -> Pushes.read(fixture.backend(), TestManifests.digest(kernel)));
        over.countDown();
        assertTrue(message.contains("nothing came in time"), message);
        assertEquals(6, registry.count("GET .*"));
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRedirectThatLeadsBackEndsAtSomeTime() {
        registry.rule("HEAD .*", FakeReplies.status(307, "Location", "/v2/elsewhere"));
        String message = failure(() -> fixture.backend().blob(ABSENT));
        assertTrue(message.contains("it is sent on and on"), message);
        assertTrue(registry.count("HEAD /v2/elsewhere") >= 5, registry.lines()::toString);
    }

    @Test
    void aRedirectToWhatIsNoAddressIsRefused() {
        for (String location : new String[] {"", "ftp://a/b", "http://a b/", "http:///c"}) {
            registry.clearRules();
            registry.rule("HEAD .*", FakeReplies.status(302, "Location", location));
            String message = failure(() -> fixture.backend().blob(ABSENT));
            assertTrue(message.contains("it is sent on to"), message);
        }
    }

    @Test
    void whatChangesSomethingIsNotSentOn() {
        registry.rule("POST .*", FakeReplies.status(308, "Location", "https://me:secret@registry.example/x?sign=y"));
        String message = storeFails();
        assertTrue(message.contains("status 308 (to https://registry.example/x); give url in"), message);
    }

    @Test
    void anUploadThatGoesOnNowhereIsRefused() {
        registry.rule("POST .*", 1, FakeReplies.status(202));
        assertTrue(storeFails().contains("it does not say where the upload goes on (Location)"));
        registry.rule("POST .*", 1, FakeReplies.status(202, "Location", "ftp://a/b"));
        assertTrue(storeFails().contains("it sends the upload on to what is no address"));
        registry.rule("POST .*", 1, FakeReplies.status(202, "Location", "/v2/x", "OCI-Chunk-Min-Length", "9999999"));
        assertTrue(storeFails().contains("it takes no chunks of 4194304 bytes, but 9999999"));
    }

    @Test
    void theRegistryIsOnlyRead() throws IOException {
        registry.push("debian-12", "current", "kernel");
        fixture.isReadOnly = true;
        fixture.look();
        assertTrue(storeFails().contains("registry lab is only read, so nothing is stored in it; remove readOnly in"));
        assertTrue(failure(() -> fixture.backend().tag(Pushes.REF, new byte[0])).contains("debian-12:current"));
        assertTrue(failure(() -> fixture.backend().untag(Pushes.REF)).contains("the tag debian-12:current"));
        assertFalse(fixture.backend().untag(ImageRef.parse("another:tag")));
        assertEquals(0, registry.count("(POST|PUT|PATCH|DELETE) .*"));
    }

    @Test
    void nobodyMakesThisServerLookAgainAndAgain() throws IOException {
        registry.push("debian-12", "current", "kernel");
        fixture.look();
        long before = registry.count("HEAD .*");
        assertEquals(Optional.empty(), fixture.backend().blob(ABSENT));
        long once = registry.count("HEAD .*") - before;
        assertEquals(4, once, registry.lines()::toString);
        assertEquals(Optional.empty(), fixture.backend().blob(ABSENT));
        assertEquals(once, registry.count("HEAD .*") - before);
        fixture.clock.addAndGet(Duration.ofSeconds(31).toNanos());
        registry.put("debian-12", "absent".getBytes(UTF_8));
        assertTrue(fixture.backend().blob(ABSENT).isPresent());
    }

    @Test
    void aRepositoryThatMayNotBeReadIsPassedOverInASearch() throws IOException {
        registry.push("debian-12", "current", "kernel");
        fixture.look();
        registry.rule("HEAD /v2/debian-12/.*", FakeReplies.status(403));
        assertEquals(Optional.empty(), fixture.backend().blob(ABSENT));
    }

    @Test
    void whatIsClosedIsNotAskedAnyMore() {
        OpenRegistry open = fixture.open();
        open.close();
        String message = failure(() -> open.backend().blob(ABSENT));
        assertTrue(message.contains("registry lab is not in use any more"), message);
    }
}
