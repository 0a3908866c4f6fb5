package io.slipway.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpMirrorTest extends MirrorFixture {

    @Test
    void servesWhatTheOtherServerHas() throws IOException {
        upstream.has("dists/stable/Release", "release".getBytes(UTF_8), "\"one\"");
        BootFile file = find("dists/stable/Release").orElseThrow();
        assertEquals("release", text(file));
        assertEquals(1, file.extents().size());
        assertEquals(
                Optional.of("sha256:a4d451ec23463726f72c43d64c710968f6b602cd653b4de8adee1b556240a829"), file.digest());
        assertEquals(List.of("/debian/dists/stable/Release"), upstream.asked());
        assertEquals("release", text("dists/stable/Release"));
        assertEquals(List.of(), upstream.asked());
    }

    @Test
    void leavesOtherPathsToOthers() throws IOException {
        assertEquals(Optional.empty(), mirror.find(request("/mirror/ubuntu/file")));
        assertEquals(Optional.empty(), mirror.find(request("/mirror/debian2/file")));
        assertEquals(Optional.empty(), mirror.find(request("/mirror/debian")));
        assertEquals(List.of(), upstream.asked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2e%2e/secret",
                "a/%2E%2E/%2e%2e/secret",
                "a%2fb",
                "a%5cb",
                "a%00b",
                "%252e%252e/secret",
                "..;/secret",
                "a/..;x=1/secret",
                ".;/secret"
            })
    void refusesWhatCouldLeadElsewhere(String path) throws IOException {
        assertEquals(Optional.empty(), find(path));
        assertEquals(List.of(), upstream.asked());
    }

    @Test
    void asksForNamesAsTheyAre() throws IOException {
        assertEquals(Optional.empty(), find("pool/g++_12:1.0~b1_[x] ä?#%41.deb"));
        assertEquals(List.of("/debian/pool/g++_12:1.0~b1_%5Bx%5D%20%C3%A4%3F%23%2541.deb"), upstream.asked());
    }

    @Test
    void asksWhetherItIsStillTheSame() throws IOException {
        upstream.has("tagged", "one".getBytes(UTF_8), "\"one\"");
        upstream.hasDated("dated", "two".getBytes(UTF_8), "Sat, 28 Nov 2026 08:00:00 GMT");
        assertEquals("one", text("tagged"));
        BootFile dated = find("dated").orElseThrow();
        assertEquals("two", text(dated));
        assertEquals(Optional.of(Instant.parse("2026-11-28T08:00:00Z")), dated.modified());
        upstream.asked();
        clock.pass(REVALIDATE);
        assertEquals("one", text("tagged"));
        assertEquals("two", text("dated"));
        assertEquals(List.of("/debian/tagged if changed", "/debian/dated if changed"), upstream.asked());
        assertEquals("one", text("tagged"));
        assertEquals(List.of(), upstream.asked());
    }

    @Test
    void servesWhatHasChangedAndLetsRunningTransfersGoOn() throws Exception {
        upstream.has("file", "before".getBytes(UTF_8), "\"one\"");
        BootFile before = find("file").orElseThrow();
        try (BootFile.Reader running = before.open()) {
            upstream.has("file", "after!!".getBytes(UTF_8), "\"two\"");
            clock.pass(REVALIDATE);
            assertEquals("after!!", text("file"));
            ByteBuffer buffer = ByteBuffer.allocate(100);
            assertEquals(6, running.read(buffer, 0));
            assertEquals("before", new String(buffer.array(), 0, 6, UTF_8));
            before.requireUnchanged();
        }
        assertEquals(1, dataFiles());
    }

    @Test
    void whatIsMissingIsNotAskedForAllTheTime() throws IOException {
        assertEquals(Optional.empty(), find("absent"));
        assertEquals(Optional.empty(), find("absent"));
        assertEquals(List.of("/debian/absent"), upstream.asked());
        upstream.has("absent", "here".getBytes(UTF_8), "\"one\"");
        clock.pass(NEGATIVE);
        assertEquals("here", text("absent"));
        upstream.lacks("absent");
        clock.pass(REVALIDATE);
        assertEquals(Optional.empty(), find("absent"));
        assertEquals(0, dataFiles());
    }

    @Test
    void servesWhatItHasWhileTheOtherServerIsDown() throws IOException {
        upstream.has("file", "kept".getBytes(UTF_8), "\"one\"");
        text("file");
        int port = upstream.port();
        upstream.close();
        clock.pass(REVALIDATE);
        String log = logOf(() -> {
            assertEquals("kept", text("file"));
            clock.pass(REVALIDATE);
            assertEquals("kept", text("file"));
            String message =
                    assertThrows(IOException.class, () -> find("other")).getMessage();
            assertTrue(message.contains("look at that server and the network, or mend url in " + PLACE), message);
        });
        assertEquals(1, log.lines().filter(line -> line.contains("WARN")).count(), log);
        assertTrue(log.contains("what was fetched before is served below /mirror/debian as it was then"), log);
        upstream = new FakeUpstream(port);
        upstream.has("file", "newer".getBytes(UTF_8), "\"two\"");
        // It is left alone for a while.
        assertEquals("kept", text("file"));
        assertEquals(List.of(), upstream.asked());
        clock.pass(NEGATIVE);
        String well = logOf(() -> assertEquals("newer", text("file")));
        assertTrue(well.contains(upstream.url() + " answers again"), well);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void aServerThatFailsIsDown(int status) throws IOException {
        upstream.has("file", "kept".getBytes(UTF_8), "\"one\"");
        text("file");
        upstream.has("file", FakeUpstream.status(status));
        clock.pass(REVALIDATE);
        assertEquals("kept", text("file"));
        upstream.asked();
        String message = assertThrows(IOException.class, () -> find("other")).getMessage();
        assertTrue(message.contains("HTTP " + status + "; look at that server"), message);
        assertEquals(List.of(), upstream.asked());
    }

    @Test
    void aRefusalIsOfOneFile() throws IOException {
        upstream.has("file", "kept".getBytes(UTF_8), "\"one\"");
        text("file");
        upstream.has("file", FakeUpstream.status(403));
        upstream.has("secret", FakeUpstream.status(401));
        upstream.has("other", "other".getBytes(UTF_8), "\"one\"");
        clock.pass(REVALIDATE);
        String log = logOf(() -> {
            assertEquals("kept", text("file"));
            assertEquals("kept", text("file"));
        });
        assertEquals(1, log.lines().filter(line -> line.contains("WARN")).count(), log);
        assertTrue(log.contains("/mirror/debian/file is served as it was: "), log);
        String message = assertThrows(IOException.class, () -> find("secret")).getMessage();
        assertTrue(message.contains("HTTP 401; let this server read it there, or mend url in " + PLACE), message);
        assertEquals("other", text("other"));
    }

    @Test
    void aBodyThatIsTooShortIsNeverServed() throws IOException {
        upstream.has("file", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[999]);
            exchange.getResponseBody().flush();
        });
        IOException failure = assertThrows(IOException.class, () -> find("file"));
        assertTrue(failure.getMessage().contains(upstream.url() + "/file: "), failure.getMessage());
        assertTrue(failure.getMessage().contains("look at that server and the network"), failure.getMessage());
        assertEquals(0, dataFiles());
        assertEquals(0, count(folder.resolve("mirror/incoming")));
        upstream.has("file", new byte[1000], "\"one\"");
        assertEquals(1000, find("file").orElseThrow().length());
    }

    @Test
    void aBodyWithoutLengthIsTaken() throws IOException {
        upstream.has("file", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("in chunks".getBytes(UTF_8));
        });
        assertEquals("in chunks", text("file"));
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        upstream.has("empty", new byte[0], "\"none\"");
        assertEquals("", text("empty"));
    }

    @Test
    void whatWasCompressedForTheWayIsRefused() throws IOException {
        FakeUpstream.Response compressed = exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("gz".getBytes(UTF_8));
        };
        upstream.has("Packages", compressed);
        upstream.has("Packages.gz", compressed);
        String message = assertThrows(IOException.class, () -> find("Packages")).getMessage();
        assertTrue(message.contains("it is compressed though that was not asked for"), message);
        assertEquals("gz", text("Packages.gz"));
    }

    @Test
    void followsRedirects() throws IOException {
        upstream.has("file", redirect("/debian/a"));
        upstream.has("a", redirect(upstream.url() + "/b"));
        upstream.has("b", "there".getBytes(UTF_8), "\"one\"");
        assertEquals("there", text("file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://127.0.0.1/file", "file:///etc/passwd", "http://user:password@127.0.0.1/", "http://[", ""})
    void refusesRedirectsToWhatIsNotHttp(String location) throws IOException {
        upstream.has("file", redirect(location.isEmpty() ? "mailto:nobody" : location));
        String message = assertThrows(IOException.class, () -> find("file")).getMessage();
        assertTrue(message.contains("redirects to what is no http or https address"), message);
        assertFalse(message.contains("password"), message);
    }

    @Test
    void refusesRedirectsWithoutEnd() throws IOException {
        upstream.has("file", redirect("/debian/file"));
        String message = assertThrows(IOException.class, () -> find("file")).getMessage();
        assertTrue(message.contains("more than 5 redirects"), message);
    }

    @Test
    void manyAskAndOneFetches() throws Exception {
        int many = 20;
        byte[] bytes = random(300_000);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        upstream.has("initrd", exchange -> {
            asked.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
        ExecutorService machines = Executors.newFixedThreadPool(many);
        try {
            List<Future<Long>> transfers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                Callable<Long> machine = () -> find("initrd").orElseThrow().length();
                transfers.add(machines.submit(machine));
            }
            asked.await();
            go.countDown();
            for (Future<Long> transfer : transfers) {
                assertEquals(300_000L, transfer.get());
            }
        } finally {
            machines.shutdownNow();
        }
        assertEquals(List.of("/debian/initrd"), upstream.asked());
    }

    @Test
    void whoWaitsIsToldWhenTheMirrorStops() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        upstream.has("slow", exchange -> {
            asked.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });
        ExecutorService machine = Executors.newSingleThreadExecutor();
        try {
            Callable<String> call =
                    () -> assertThrows(IOException.class, () -> find("slow")).getMessage();
            Future<String> message = machine.submit(call);
            asked.await();
            mirror.close();
            assertTrue(message.get().contains("is stopped; ask again"), message.get());
        } finally {
            go.countDown();
            machine.shutdownNow();
        }
        mirror = opened(1_000_000);
    }
}
