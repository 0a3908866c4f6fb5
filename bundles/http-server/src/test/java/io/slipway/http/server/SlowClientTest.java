package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.boot.Transfer.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep a connection and do not use it. */
class SlowClientTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture(HttpServerFixture.times(SHORT, LONG, LONG));
                RawClient silent = server.connect();
                RawClient client = server.connect()) {
            assertEquals(404, client.get("/none").status());
            assertTrue(client.isClosedByServer());
            assertTrue(silent.isClosedByServer());
            server.awaitQuiet();
        }
    }

    @Test
    void aRequestThatTricklesInIsNotWaitedFor() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture(HttpServerFixture.times(LONG, SHORT, LONG));
                RawClient client = server.connect()) {
            Thread trickle = new Thread(() -> trickle(client));
            trickle.start();
            RawClient.Reply reply = client.read();
            assertEquals(408, reply.status());
            assertEquals("close", reply.header("connection"));
            client.readToEnd();
            trickle.join();
            assertEquals(1, server.count(Counters.Count.TOO_SLOW));
            server.awaitQuiet();
        }
    }

    private static void trickle(RawClient client) {
        try {
            client.send("GET /linux HTTP/1.1\r\nHost: x\r\n");
            for (int i = 0; i < 2000; i++) {
                client.send("A: b\r\n");
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
        } catch (IOException e) {
            assertTrue(client.socket.isConnected(), "the server has closed: " + e);
        }
    }

    @Test
    void aSlowlorisKeepsNobodyOut() throws Exception {
        List<RawClient> slow = new ArrayList<>();
        Settings settings = HttpServerFixture.times(LONG, Duration.ofSeconds(1), LONG);
        try (HttpServerFixture server = new HttpServerFixture(settings)) {
            server.boot.put("/linux", new byte[10]);
            for (int i = 0; i < 200; i++) {
                slow.add(server.connect().send("GET /linux HTTP/1.1\r\nHost: "));
            }
            try (RawClient client = server.connect()) {
                assertEquals(
                        200,
                        client.get("/linux", "Connection: close\r\n").read().status());
                client.readToEnd();
            }
            for (RawClient client : slow) {
                assertEquals(408, client.read().status());
                client.socket.close();
            }
            server.awaitQuiet();
        }
    }

    @Test
    void aRequestInPiecesIsServedWhenItComesInTime() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture();
                RawClient client = server.connect()) {
            server.boot.put("/linux", new byte[10]);
            client.socket.setTcpNoDelay(true);
            for (char c : "GET /linux HTTP/1.1\r\nHost: x\r\nRange: bytes=1-2\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertEquals(206, client.read().status());
        }
    }

    @Test
    void aClientThatTakesNothingIsGivenUp() throws Exception {
        try (HttpServerFixture server = new HttpServerFixture(HttpServerFixture.times(LONG, LONG, SHORT));
                RawClient client = new RawClient(server.door.port(), 4096)) {
            server.boot.files.put("/big", HttpServerFixture.onDisk(folder.resolve("big"), new byte[20_000_000]));
            client.get("/big", "");
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.TIMED_OUT, transfer.outcome);
            assertEquals("the client took nothing for 200 ms", transfer.detail);
            assertTrue(transfer.sent() < 20_000_000);
            server.awaitQuiet();
        }
    }

    @Test
    void aClientThatTakesLittleIsNot() throws Exception {
        byte[] content = HttpServerFixture.content(3_000_000);
        try (HttpServerFixture server =
                        new HttpServerFixture(HttpServerFixture.times(LONG, LONG, Duration.ofMillis(500)));
                RawClient client = new RawClient(server.door.port(), 4096)) {
            server.boot.files.put("/big", HttpServerFixture.onDisk(folder.resolve("big"), content));
            client.get("/big", "");
            int taken = 0;
            byte[] some = new byte[60_000];
            long begun = System.nanoTime();
            while (taken < content.length) {
                taken += client.socket.getInputStream().readNBytes(some, 0, some.length);
                LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
            }
            assertTrue(Duration.ofNanos(System.nanoTime() - begun).toMillis() > 1000, "too fast to tell");
            assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
        }
    }
}
