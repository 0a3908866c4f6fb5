package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slipway.boot.Transfer.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a connection lives, and the order of what it brings, with each of Netty's transports. */
abstract class ConnectionContract {

    @TempDir
    Path folder;

    private final HttpServerFixture server;

    ConnectionContract(LoopbackDoor.Transport transport) {
        assumeTrue(transport.isAvailable());
        server = new HttpServerFixture(HttpServerFixture.PATIENT, transport);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void manyRequestsOnOneConnection() throws Exception {
        server.boot.put("/linux", HttpServerFixture.content(1000));
        try (RawClient client = server.connect()) {
            for (int i = 0; i < 200; i++) {
                assertEquals(200, client.get("/linux").status());
                assertEquals(404, client.get("/none").status());
            }
            String put = "PUT /linux HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
            assertEquals(405, client.send(put).read().status());
            assertEquals(
                    200,
                    client.send("\r\nGET /linux HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read()
                            .status());
        }
        assertEquals(1, server.count(Counters.Count.CONNECTIONS));
        server.awaitQuiet();
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        for (int i = 0; i < 10; i++) {
            server.boot.files.put(
                    "/" + i, HttpServerFixture.onDisk(folder.resolve("f" + i), HttpServerFixture.content(i * 1000)));
        }
        int many = 1000;
        StringBuilder ahead = new StringBuilder();
        for (int i = 0; i < many; i++) {
            ahead.append("GET /").append(i % 10).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        try (RawClient client = server.connect()) {
            Thread sender = new Thread(() -> {
                try {
                    client.send(ahead.toString());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            sender.start();
            for (int i = 0; i < many; i++) {
                assertArrayEquals(
                        HttpServerFixture.content(i % 10 * 1000), client.read().body());
            }
            sender.join();
        }
    }

    @Test
    void aSlowLookupDoesNotLetTheNextOneOvertake() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        server.boot.put("/slow", new byte[1]);
        server.boot.put("/fast", new byte[2]);
        server.boot.before = request -> {
            if (request.path().equals("/slow")) {
                FakeBoot.await(mayAnswer);
            }
        };
        try (RawClient client = server.connect()) {
            client.get("/slow", "").get("/fast", "");
            HttpServerFixture.await(() -> server.boot.lookups.size() == 1, "the first lookup");
            mayAnswer.countDown();
            assertEquals(1, client.read().body().length);
            assertEquals(2, client.read().body().length);
        }
    }

    @Test
    void http10ClosesUnlessAskedNotTo() throws Exception {
        server.boot.put("/linux", new byte[10]);
        try (RawClient client = server.connect()) {
            RawClient.Reply kept = client.send("GET /linux HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                    .read();
            assertEquals("keep-alive", kept.header("connection"));
            RawClient.Reply last = client.send("GET /linux HTTP/1.0\r\n\r\n").read();
            assertEquals(200, last.status());
            assertEquals("close", last.header("connection"));
            assertTrue(client.isClosedByServer());
        }
        server.awaitQuiet();
    }

    @Test
    void closeIsObeyed() throws Exception {
        server.boot.put("/linux", new byte[10]);
        try (RawClient client = server.connect()) {
            client.get("/linux", "Connection: close\r\n").get("/linux", "");
            assertEquals("close", client.read().header("connection"));
            assertTrue(client.isClosedByServer());
        }
        server.awaitQuiet();
        assertEquals(1, server.boot.lookups.size());
    }

    @Test
    void aClientThatHasSaidAllIsStillAnswered() throws Exception {
        server.boot.files.put("/linux", HttpServerFixture.onDisk(folder.resolve("linux"), new byte[500_000]));
        try (RawClient client = server.connect()) {
            client.get("/linux", "").get("/none", "").get("/linux", "");
            client.socket.shutdownOutput();
            assertEquals(500_000, client.read().body().length);
            assertEquals(404, client.read().status());
            assertEquals(500_000, client.read().body().length);
            assertTrue(client.isClosedByServer());
        }
        server.awaitQuiet();
    }

    /** Larger than what the sockets hold: the server has to wait for the client after it has shut its side. */
    @Test
    void aClientThatHasSaidAllGetsEveryByte() throws Exception {
        byte[] content = HttpServerFixture.content(8_000_000);
        server.boot.files.put("/big", HttpServerFixture.onDisk(folder.resolve("big"), content));
        for (int i = 0; i < 3; i++) {
            try (RawClient client = server.connect()) {
                client.get("/big", "");
                client.socket.shutdownOutput();
                assertArrayEquals(content, client.read().body());
                assertTrue(client.isClosedByServer());
            }
        }
    }

    @Test
    void aClientThatLeavesEndsItsTransfer() throws Exception {
        server.boot.files.put("/big", HttpServerFixture.onDisk(folder.resolve("big"), new byte[20_000_000]));
        try (RawClient client = server.connect()) {
            client.get("/big", "");
            HttpServerFixture.await(() -> server.boot.begun.size() == 1, "the transfer");
        }
        FakeTransfer transfer = server.boot.awaitEnd();
        assertEquals(Outcome.ABORTED, transfer.outcome);
        assertTrue(transfer.sent() < 20_000_000);
        server.awaitQuiet();
    }

    @Test
    void aFileThatShrinksBreaksTheConnection() throws Exception {
        Path file = folder.resolve("big");
        server.boot.files.put("/big", HttpServerFixture.onDisk(file, new byte[20_000_000]));
        try (RawClient client = new RawClient(server.door.port(), 4096)) {
            client.get("/big", "");
            HttpServerFixture.await(
                    () -> !server.boot.begun.isEmpty()
                            && server.boot.begun.get(0).sent() > 0,
                    "bytes");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(100_000);
            }
            assertThrows(IOException.class, client::read);
        }
        FakeTransfer transfer = server.boot.awaitEnd();
        assertEquals(Outcome.FAILED, transfer.outcome);
        assertTrue(transfer.detail.contains("has become shorter"), transfer.detail);
        server.awaitQuiet();
    }

    /** As long as before, so that only its time tells. */
    @Test
    void aFileThatIsChangedInPlaceBreaksTheConnection() throws Exception {
        Path file = folder.resolve("big");
        server.boot.files.put("/big", HttpServerFixture.onDisk(file, new byte[20_000_000]));
        try (RawClient client = new RawClient(server.door.port(), 4096)) {
            client.get("/big", "");
            HttpServerFixture.await(
                    () -> !server.boot.begun.isEmpty()
                            && server.boot.begun.get(0).sent() > 0,
                    "bytes");
            Files.write(file, HttpServerFixture.content(20_000_000));
            assertThrows(IOException.class, client::read);
        }
        FakeTransfer transfer = server.boot.awaitEnd();
        assertEquals(Outcome.FAILED, transfer.outcome);
        assertTrue(transfer.detail.contains("was changed"), transfer.detail);
        server.awaitQuiet();
    }

    @Test
    void aFileThatIsReplacedIsSentAsItWas() throws Exception {
        byte[] old = HttpServerFixture.content(20_000_000);
        Path file = folder.resolve("big");
        server.boot.files.put("/big", HttpServerFixture.onDisk(file, old));
        try (RawClient client = new RawClient(server.door.port(), 4096)) {
            client.get("/big", "");
            HttpServerFixture.await(
                    () -> !server.boot.begun.isEmpty()
                            && server.boot.begun.get(0).sent() > 0,
                    "bytes");
            Path other = Files.write(folder.resolve("other"), new byte[30_000_000]);
            Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
            assertArrayEquals(old, client.read().body());
        }
    }

    @Test
    void theJdksClientIsContent() throws Exception {
        byte[] content = HttpServerFixture.content(100_000);
        server.boot.files.put("/linux", HttpServerFixture.onDisk(folder.resolve("linux"), content));
        HttpClient client = HttpClient.newHttpClient();
        for (int i = 0; i < 3; i++) {
            HttpResponse<byte[]> reply = client.send(
                    HttpRequest.newBuilder(server.uri("/linux")).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(200, reply.statusCode());
            assertArrayEquals(content, reply.body());
        }
        HttpResponse<byte[]> part = client.send(
                HttpRequest.newBuilder(server.uri("/linux"))
                        .header("Range", "bytes=10-19")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(content, 10, 20), part.body());
    }
}
