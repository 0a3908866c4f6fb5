package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.boot.Transfer.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTest {

    private static final int CLIENTS = 64;
    private static final int LENGTH = 20_000_000;

    @TempDir
    Path folder;

    @Test
    void everyByteIsRightForAll() throws Exception {
        byte[] content = HttpServerFixture.content(LENGTH);
        CRC32 expected = new CRC32();
        expected.update(content);
        ExecutorService clients = Executors.newCachedThreadPool();
        try (HttpServerFixture server = new HttpServerFixture()) {
            server.boot.files.put("/initrd", HttpServerFixture.onDisk(folder.resolve("initrd"), content));
            List<Future<Long>> downloads = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                // One a client: a shared one could share connections.
                HttpClient client = HttpClient.newBuilder().executor(clients).build();
                downloads.add(clients.submit(() -> download(client, server)));
            }
            for (Future<Long> download : downloads) {
                assertEquals(expected.getValue(), download.get());
            }
            for (int i = 0; i < CLIENTS; i++) {
                FakeTransfer transfer = server.boot.awaitEnd();
                assertEquals(Outcome.COMPLETED, transfer.outcome);
                assertEquals(LENGTH, transfer.sent());
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static long download(HttpClient client, HttpServerFixture server) throws Exception {
        HttpResponse<InputStream> reply = client.send(
                HttpRequest.newBuilder(server.uri("/initrd"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (reply.statusCode() != 200) {
            throw new IOException("status " + reply.statusCode());
        }
        CRC32 sum = new CRC32();
        byte[] some = new byte[65_536];
        try (InputStream body = reply.body()) {
            for (int count = body.read(some); count >= 0; count = body.read(some)) {
                sum.update(some, 0, count);
            }
        }
        return sum.getValue();
    }
}
