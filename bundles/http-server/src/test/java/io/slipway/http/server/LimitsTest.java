package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.BootEvent;
import io.slipway.boot.BootFile;
import io.slipway.boot.Transfer.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens at the limits, when the settings change and when the server stops. */
class LimitsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void theLimitsStandBesideTheirUse() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture();
                RawClient client = server.connect()) {
            client.send("");
            HttpServerFixture.await(() -> server.connections.active() == 1, "connected");
            assertEquals(1, server.count(Counters.Count.CONNECTIONS));
            assertEquals(
                    List.of(
                            "Connections: 1 of 1,000 (maximumConnections): 1 http",
                            "Lookups: 0 of 2 threads are busy (lookupThreads), 0 of 500 requests wait for one"
                                    + " (lookupQueue)"),
                    server.connections.limits());
        }
    }

    @Test
    void oneConnectionTooMany() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Settings two = new Settings(2, LONG, LONG, LONG, 2, 1, LONG, Duration.ofSeconds(2));
        try (HttpServerFixture server = new HttpServerFixture(two);
                RawClient first = server.connect();
                RawClient second = server.connect()) {
            server.boot.before = request -> FakeBoot.await(mayAnswer);
            first.get("/none", "");
            second.get("/none", "");
            HttpServerFixture.await(() -> server.boot.lookups.size() == 2, "both are being answered");
            try (RawClient third = server.connect()) {
                assertEquals(0, third.readToEnd().length);
                assertEquals(1, server.count(Counters.Count.REFUSED_CONNECTIONS));
            }
            mayAnswer.countDown();
            assertEquals(404, first.read().status());
            assertEquals(404, second.read().status());
            assertEquals(0, server.count(Counters.Count.GAVE_WAY));
        }
    }

    /** Silent, half a request, and between two requests: the longest wait ends. */
    @Test
    void whoeverHasNoRequestGivesWay() throws Exception {
        Settings three = new Settings(3, LONG, LONG, LONG, 2, 1, LONG, Duration.ofSeconds(2));
        try (HttpServerFixture server = new HttpServerFixture(three);
                RawClient used = server.connect();
                RawClient half = server.connect();
                RawClient silent = server.connect()) {
            HttpServerFixture.await(() -> server.connections.active() == 3, "all are there");
            half.send("GET /none HTTP/1.1\r\nHost:");
            assertEquals(404, used.get("/none").status());
            try (RawClient fourth = server.connect()) {
                assertEquals(404, fourth.get("/none").status());
                assertTrue(half.isClosedByServer());
                try (RawClient fifth = server.connect()) {
                    assertEquals(404, fifth.get("/none").status());
                    assertTrue(silent.isClosedByServer());
                    assertEquals(404, used.get("/none").status());
                }
            }
            assertEquals(2, server.count(Counters.Count.GAVE_WAY));
            assertEquals(0, server.count(Counters.Count.REFUSED_CONNECTIONS));
        }
    }

    @Test
    void aFullQueueOfLookups() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (HttpServerFixture server =
                        new HttpServerFixture(new Settings(10, LONG, LONG, LONG, 1, 1, LONG, Duration.ofSeconds(2)));
                RawClient first = server.connect();
                RawClient second = server.connect();
                RawClient third = server.connect()) {
            server.boot.before = request -> FakeBoot.await(mayAnswer);
            first.get("/file", "");
            HttpServerFixture.await(() -> server.boot.lookups.size() == 1, "the one thread is taken");
            second.get("/file", "");
            HttpServerFixture.await(() -> server.count(Counters.Count.REQUESTS) == 2, "the one place is taken");
            RawClient.Reply reply = third.get("/file");
            assertEquals(503, reply.status());
            assertEquals("2", reply.header("retry-after"));
            assertEquals(1, server.count(Counters.Count.OVERLOADED));
            mayAnswer.countDown();
            assertEquals(404, first.read().status());
            assertEquals(404, second.read().status());
            assertEquals(404, third.get("/file").status());
        }
    }

    @Test
    void aLookupThatHangs() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Settings hasty = new Settings(10, LONG, LONG, LONG, 1, 1, Duration.ofMillis(50), Duration.ofSeconds(2));
        try (HttpServerFixture server = new HttpServerFixture(hasty);
                RawClient client = server.connect()) {
            Path file = Files.write(folder.resolve("file"), new byte[5]);
            server.boot.files.put("/file", BootFile.of(file, BootFile.OCTET_STREAM));
            server.boot.before = request -> FakeBoot.await(mayAnswer);
            RawClient.Reply reply = client.get("/file");
            assertEquals(503, reply.status());
            assertEquals("2", reply.header("retry-after"));
            BootEvent event = server.boot.journal.poll(20, TimeUnit.SECONDS);
            assertEquals(BootEvent.Step.FILE_FAILED, event.step());
            assertEquals("/file: took too long", event.detail());
            mayAnswer.countDown();
        }
    }

    @Test
    void aSourceThatFails() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture();
                RawClient client = server.connect()) {
            server.boot.before = request -> {
                throw new IOException("disk 7 is on fire");
            };
            RawClient.Reply reply = client.get("/file");
            assertEquals(500, reply.status());
            assertFalse(reply.text().contains("disk"), reply.text());
            assertEquals(
                    "/file: java.io.IOException: disk 7 is on fire",
                    server.boot.journal.poll(20, TimeUnit.SECONDS).detail());
            server.boot.before = request -> {
                throw new IllegalStateException("a plugin's mistake");
            };
            assertEquals(500, client.get("/file").status());
            server.boot.before = request -> {};
            server.boot.put("/file", new byte[3]);
            assertEquals(200, client.get("/file").status());
        }
    }

    @Test
    void aFileThatIsGoneOrTooShortAlready() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture();
                RawClient client = server.connect()) {
            Path file = folder.resolve("file");
            server.boot.files.put("/file", HttpServerFixture.onDisk(file, new byte[100]));
            Files.write(file, new byte[99]);
            assertEquals(500, client.get("/file").status());
            Files.delete(file);
            assertEquals(500, client.get("/file").status());
            assertTrue(server.boot.begun.isEmpty());
        }
    }

    @Test
    void aMediaTypeThatNoHeaderCanCarry() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture();
                RawClient client = server.connect()) {
            server.boot.files.put("/file", BootFile.of(new byte[1], "text/plain\r\nX: y"));
            assertEquals(500, client.get("/file").status());
            assertEquals(404, client.get("/none").status());
        }
    }

    @Test
    void newSettingsHoldForOpenConnections() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture();
                RawClient client = server.connect()) {
            assertEquals(404, client.get("/none").status());
            server.connections.change(HttpServerFixture.times(Duration.ofMillis(100), LONG, LONG));
            assertEquals(404, client.get("/none").status());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void whatRunsMayEndWhenTheServerStops() throws Exception {
        byte[] content = HttpServerFixture.content(2_000_000);
        try (HttpServerFixture server = new HttpServerFixture();
                RawClient idle = server.connect();
                RawClient client = new RawClient(server.door.port(), 4096)) {
            server.boot.files.put("/big", HttpServerFixture.onDisk(folder.resolve("big"), content));
            assertEquals(404, idle.get("/none").status());
            client.get("/big", "");
            HttpServerFixture.await(() -> server.boot.begun.size() == 1, "the transfer");
            Thread stop = new Thread(() -> server.connections.stop(20_000));
            stop.start();
            assertTrue(idle.isClosedByServer());
            assertEquals(content.length, client.read().body().length);
            assertTrue(client.isClosedByServer());
            client.socket.close();
            stop.join();
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
            assertEquals(0, server.connections.active());
        }
    }

    @Test
    void whatRunsTooLongIsEndedWhenTheServerStops() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture();
                RawClient client = new RawClient(server.door.port(), 4096)) {
            server.boot.files.put("/big", HttpServerFixture.onDisk(folder.resolve("big"), new byte[20_000_000]));
            client.get("/big", "");
            HttpServerFixture.await(() -> server.boot.begun.size() == 1, "the transfer");
            server.connections.stop(50);
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.FAILED, transfer.outcome);
            assertEquals("the server is stopping", transfer.detail);
            assertEquals(0, server.connections.active());
            assertThrows(IOException.class, client::read);
            try (RawClient late = server.connect()) {
                assertEquals(0, late.readToEnd().length);
            }
        }
    }
}
