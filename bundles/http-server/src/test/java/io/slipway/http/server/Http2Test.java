package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.ssl.SslProvider;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.http.server.tls.TestCertificate;
import io.slipway.http.server.tls.TestEncryption;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same answers by HTTP/2, and what clients may not do with it. */
class Http2Test {

    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private HttpServerFixture server;
    private SSLContext known;

    @BeforeEach
    void start() throws Exception {
        start(HttpServerFixture.PATIENT);
    }

    private void start(Settings settings) throws Exception {
        if (server != null) {
            server.close();
        }
        server = new HttpServerFixture(settings);
        known = TestEncryption.client(TestCertificate.rsa());
        server.encryption = Optional.of(TestEncryption.server(SslProvider.JDK, TestCertificate.rsa()));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private byte[] onDisk(String path, int length) throws IOException {
        byte[] content = HttpServerFixture.content(length);
        server.boot.files.put(path, HttpServerFixture.onDisk(folder.resolve(path.substring(1)), content));
        return content;
    }

    private RawHttp2 connect(byte[] settings) throws IOException {
        return new RawHttp2(known, server.door.port(), settings);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.door.port() + path));
    }

    @Test
    void theJdksClientIsContent() throws Exception {
        byte[] content = onDisk("/big", 3_000_001);
        server.boot.put("/memory", content);
        HttpClient client = HttpClient.newBuilder().sslContext(known).build();
        for (String path : List.of("/big", "/memory")) {
            HttpResponse<byte[]> whole = client.send(request(path).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(HttpClient.Version.HTTP_2, whole.version());
            assertEquals(200, whole.statusCode());
            assertArrayEquals(content, whole.body());
        }
        HttpResponse<byte[]> part = client.send(
                request("/big").header("Range", "bytes=16380-49999").build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(content, 16_380, 50_000), part.body());
        String tag = part.headers().firstValue("etag").orElseThrow();
        assertEquals(304, status(client, request("/big").header("If-None-Match", tag)));
        assertEquals(412, status(client, request("/big").header("If-Match", "\"other\"")));
        assertEquals(404, status(client, request("/none")));
        assertEquals(200, status(client, request("/big").method("HEAD", HttpRequest.BodyPublishers.noBody())));
        assertEquals(405, status(client, request("/big").DELETE()));
        assertEquals(405, status(client, request("/big").POST(HttpRequest.BodyPublishers.ofString("x"))));
        assertEquals(1, server.count(Counters.Count.CONNECTIONS));
        // The client has its answer before the server has closed the stream.
        HttpServerFixture.await(
                () -> server.connections.limits().get(0).endsWith(": 1 h2"), "the connection alone is counted");
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void manyAtOnceOnOneConnection() throws Exception {
        byte[] content = onDisk("/big", 1_000_000);
        HttpClient client = HttpClient.newBuilder().sslContext(known).build();
        assertEquals(404, status(client, request("/none")));
        List<CompletableFuture<HttpResponse<byte[]>>> replies = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            replies.add(client.sendAsync(request("/big").build(), HttpResponse.BodyHandlers.ofByteArray()));
        }
        for (CompletableFuture<HttpResponse<byte[]>> reply : replies) {
            assertArrayEquals(content, reply.get().body());
        }
        assertEquals(1, server.count(Counters.Count.CONNECTIONS));
    }

    @Test
    void noMoreIsSentThanAClientHasRoomFor() throws Exception {
        byte[] content = onDisk("/big", 1_000_000);
        try (RawHttp2 client = connect(RawHttp2.window(0))) {
            client.get(1, "/big");
            assertEquals(1, client.await(RawHttp2.HEADERS).stream());
            client.send(RawHttp2.WINDOW_UPDATE, 0, 1, RawHttp2.number(10));
            RawHttp2.Frame data = client.await(RawHttp2.DATA);
            assertArrayEquals(Arrays.copyOf(content, 10), data.payload());
            client.get(3, "/none");
            assertEquals(3, client.await(RawHttp2.HEADERS).stream());
            assertEquals(0, server.boot.begun.get(0).sent());
        }
        assertEquals(Outcome.ABORTED, server.boot.awaitEnd().outcome);
        server.awaitQuiet();
    }

    @Test
    void aClientThatTakesNothingIsGivenUp() throws Exception {
        start(HttpServerFixture.times(LONG, LONG, Duration.ofMillis(200)));
        onDisk("/big", 1_000_000);
        try (RawHttp2 client = connect(RawHttp2.window(5))) {
            client.get(1, "/big");
            assertEquals(1, client.await(RawHttp2.RESET).stream());
            assertEquals(Outcome.TIMED_OUT, server.boot.awaitEnd().outcome);
        }
        server.awaitQuiet();
    }

    @Test
    void aRequestTooManyIsRefused() throws Exception {
        onDisk("/big", 1_000_000);
        try (RawHttp2 client = connect(RawHttp2.window(0))) {
            for (int i = 0; i <= 32; i++) {
                client.get(2 * i + 1, "/big");
            }
            RawHttp2.Frame refused = client.await(RawHttp2.RESET);
            assertEquals(65, refused.stream());
            assertEquals(Http2Error.REFUSED_STREAM.code(), refused.number(0));
        }
        server.awaitQuiet();
    }

    @Test
    void aRequestTakesThePlaceOfAConnection() throws Exception {
        start(new Settings(2, LONG, LONG, LONG, 1, 1, LONG, LONG));
        onDisk("/big", 1_000_000);
        try (RawHttp2 client = connect(RawHttp2.window(0))) {
            client.get(1, "/big");
            client.await(RawHttp2.HEADERS);
            client.get(3, "/big");
            RawHttp2.Frame refused = client.await(RawHttp2.RESET);
            assertEquals(3, refused.stream());
            assertEquals(Http2Error.REFUSED_STREAM.code(), refused.number(0));
        }
        server.awaitQuiet();
    }

    /** CVE-2023-44487. */
    @Test
    void whoTakesBackRequestAfterRequestIsSentAway() throws Exception {
        onDisk("/big", 1_000_000);
        try (RawHttp2 client = connect(RawHttp2.window(0))) {
            for (int i = 0; i <= 200; i++) {
                client.get(2 * i + 1, "/big");
                client.send(RawHttp2.RESET, 0, 2 * i + 1, RawHttp2.number(8));
            }
            assertEquals(
                    Http2Error.ENHANCE_YOUR_CALM.code(),
                    client.await(RawHttp2.GOAWAY).number(4));
        }
        server.awaitQuiet();
    }

    @Test
    void aRequestWithABodyIsNotWaitedFor() throws Exception {
        try (RawHttp2 client = connect(new byte[0])) {
            client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.fields(2, "/x"));
            assertEquals(1, client.await(RawHttp2.HEADERS).stream());
            assertEquals(1, client.await(RawHttp2.RESET).stream());
            assertTrue(server.boot.lookups.isEmpty());
        }
        server.awaitQuiet();
    }

    @Test
    void whatIsNotHttp2IsClosed() throws Exception {
        try (RawHttp2 client = connect(new byte[0])) {
            client.send(
                    RawHttp2.HEADERS, RawHttp2.END_STREAM | RawHttp2.END_HEADERS, 1, new byte[] {(byte) 0xff, 0x7f});
            assertEquals(
                    Http2Error.COMPRESSION_ERROR.code(),
                    client.await(RawHttp2.GOAWAY).number(4));
            assertThrows(IOException.class, () -> client.await(RawHttp2.DATA));
        }
        server.awaitQuiet();
    }

    @Test
    void aConnectionThatIsNotUsedIsClosed() throws Exception {
        start(HttpServerFixture.times(Duration.ofMillis(200), LONG, LONG));
        try (RawHttp2 client = connect(new byte[0])) {
            client.get(1, "/none");
            assertEquals(1, client.await(RawHttp2.HEADERS).stream());
            assertEquals(
                    Http2Error.NO_ERROR.code(), client.await(RawHttp2.GOAWAY).number(4));
        }
        server.awaitQuiet();
    }

    @Test
    void whatRunsMayEndWhenTheServerStops() throws Exception {
        onDisk("/big", 60_000);
        try (RawHttp2 client = connect(RawHttp2.window(0))) {
            client.get(1, "/big");
            client.await(RawHttp2.HEADERS);
            Thread stop = new Thread(() -> server.connections.stop(20_000));
            stop.start();
            client.await(RawHttp2.GOAWAY);
            client.send(RawHttp2.WINDOW_UPDATE, 0, 1, RawHttp2.number(60_000));
            RawHttp2.Frame last = client.await(RawHttp2.DATA);
            while ((last.flags() & RawHttp2.END_STREAM) == 0) {
                last = client.await(RawHttp2.DATA);
            }
            stop.join();
        }
        assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
    }

    @Test
    void whatRunsTooLongIsEndedWhenTheServerStops() throws Exception {
        onDisk("/big", 60_000);
        try (RawHttp2 client = connect(RawHttp2.window(0))) {
            client.get(1, "/big");
            client.await(RawHttp2.HEADERS);
            server.connections.stop(50);
            assertEquals("the server is stopping", server.boot.awaitEnd().detail);
            assertEquals(0, server.connections.active());
        }
    }
}
