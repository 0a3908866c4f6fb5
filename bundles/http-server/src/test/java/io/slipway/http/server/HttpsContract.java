package io.slipway.http.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.SslProvider;
import io.slipway.boot.Transfer.Outcome;
import io.slipway.http.server.tls.TestCertificate;
import io.slipway.http.server.tls.TestEncryption;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/1.1 through TLS, with each of Netty's providers. */
abstract class HttpsContract {

    private static final TestCertificate OTHER = TestCertificate.of("other", "RSA", 90);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final SslProvider provider;
    private final TestCertificate[] certificates;
    private HttpServerFixture server = new HttpServerFixture();
    private SSLContext known;

    HttpsContract(SslProvider provider, TestCertificate... certificates) {
        this.provider = provider;
        this.certificates = certificates;
    }

    @BeforeEach
    void encrypt() throws Exception {
        known = TestEncryption.client(TestCertificate.rsa(), TestCertificate.ec(), OTHER);
        server.encryption = Optional.of(TestEncryption.server(provider, certificates));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void restart(Settings settings) throws Exception {
        server.close();
        server = new HttpServerFixture(settings);
        encrypt();
    }

    RawClient connect(String version, String... ciphers) throws IOException {
        return new RawClient(TestEncryption.socket(known, version, ciphers), server.door.port(), 65_536);
    }

    private void onDisk(String path, byte[] content) throws IOException {
        server.boot.files.put(path, HttpServerFixture.onDisk(folder.resolve(path.substring(1)), content));
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLSv1.2, TLS_RSA_WITH_AES_128_CBC_SHA"
    })
    void everyByteOnOneConnection(String version, String cipher) throws Exception {
        byte[] content = HttpServerFixture.content(3_000_001);
        onDisk("/disk", content);
        server.boot.put("/memory", content);
        try (RawClient client = connect(version, cipher)) {
            assertArrayEquals(content, client.get("/disk").body());
            assertArrayEquals(content, client.get("/memory").body());
            RawClient.Reply part =
                    client.get("/disk", "Range: bytes=16380-49999\r\n").read();
            assertEquals(206, part.status());
            assertArrayEquals(Arrays.copyOfRange(content, 16_380, 50_000), part.body());
            assertEquals(404, client.get("/none").status());
            assertEquals(
                    200,
                    client.send("HEAD /disk HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read(false)
                            .status());
            client.get("/disk", "").get("/none", "").get("/memory", "Connection: close\r\n");
            assertArrayEquals(content, client.read().body());
            assertEquals(404, client.read().status());
            assertArrayEquals(content, client.read().body());
            assertTrue(client.isClosedByServer(), "with an alert, not by a mere end");
        }
        server.awaitQuiet();
    }

    @Test
    void aNewCertificateDoesNotDisturbWhatRuns() throws Exception {
        byte[] content = HttpServerFixture.content(8_000_000);
        onDisk("/big", content);
        try (RawClient client = connect("TLSv1.3")) {
            client.get("/big", "");
            HttpServerFixture.await(() -> !server.boot.begun.isEmpty(), "the transfer");
            server.encryption = Optional.of(TestEncryption.server(provider, OTHER));
            try (RawClient next = connect("TLSv1.3")) {
                assertEquals(404, next.get("/none").status());
                assertEquals(
                        OTHER.certificate(),
                        ((SSLSocket) next.socket).getSession().getPeerCertificates()[0]);
            }
            assertArrayEquals(content, client.read().body());
            assertEquals(404, client.get("/none").status());
        }
    }

    @Test
    void nothingIsSaidInTheClear() throws Exception {
        server.boot.put("/linux", new byte[10]);
        try (RawClient client = server.connect()) {
            client.get("/linux", "");
            assertFalse(new String(client.readToEnd(), ISO_8859_1).contains("HTTP"));
        }
        server.awaitQuiet();
        assertEquals(1, server.count(Counters.Count.MALFORMED));
        assertTrue(server.boot.lookups.isEmpty());
    }

    @Test
    void whatBreaksOffAfterTheHandshakeIsClosed() throws Exception {
        try (RawClient carrier = server.connect()) {
            SSLSocket client = (SSLSocket) known.getSocketFactory().createSocket(carrier.socket, "127.0.0.1", 1, false);
            client.startHandshake();
            carrier.send("GET / HTTP/1.1\r\n\r\n");
            carrier.readToEnd();
        }
        server.awaitQuiet();
    }

    @Test
    void aHandshakeThatIsNotFinishedIsNotWaitedFor() throws Exception {
        restart(HttpServerFixture.times(LONG, Duration.ofMillis(200), LONG));
        try (RawClient silent = server.connect();
                RawClient slow = server.connect().send(new byte[] {0x16, 3, 1, 2, 0, 1, 0})) {
            silent.readToEnd();
            slow.readToEnd();
        }
        server.awaitQuiet();
        assertEquals(2, server.count(Counters.Count.TOO_SLOW));
    }

    @Test
    void aHandshakeThatIsNotFinishedGivesWay() throws Exception {
        restart(new Settings(1, LONG, LONG, LONG, 1, 1, LONG, LONG));
        try (RawClient first = server.connect()) {
            HttpServerFixture.await(() -> server.connections.active() == 1, "the first");
            try (RawClient next = connect("TLSv1.3")) {
                assertEquals(404, next.get("/none").status());
            }
            first.readToEnd();
        }
        assertEquals(1, server.count(Counters.Count.GAVE_WAY));
    }

    @Test
    void aConnectionThatIsNotUsedIsClosed() throws Exception {
        restart(HttpServerFixture.times(Duration.ofMillis(200), LONG, LONG));
        try (RawClient client = connect("TLSv1.3")) {
            assertEquals(404, client.get("/none").status());
            assertTrue(client.isClosedByServer());
        }
        server.awaitQuiet();
    }

    @Test
    void aClientThatTakesNothingIsGivenUp() throws Exception {
        restart(HttpServerFixture.times(LONG, LONG, Duration.ofMillis(200)));
        onDisk("/big", new byte[20_000_000]);
        try (RawClient client = connect("TLSv1.3")) {
            client.get("/big", "");
            FakeTransfer transfer = server.boot.awaitEnd();
            assertEquals(Outcome.TIMED_OUT, transfer.outcome);
            assertTrue(transfer.sent() < 20_000_000);
        }
        server.awaitQuiet();
    }

    @Test
    void aClientThatLeavesEndsItsTransfer() throws Exception {
        onDisk("/big", new byte[20_000_000]);
        try (RawClient client = connect("TLSv1.2")) {
            client.get("/big", "");
            HttpServerFixture.await(() -> server.boot.begun.size() == 1, "the transfer");
        }
        assertEquals(Outcome.ABORTED, server.boot.awaitEnd().outcome);
        server.awaitQuiet();
    }

    @Test
    void aFileThatShrinksBreaksTheConnection() throws Exception {
        onDisk("/big", new byte[20_000_000]);
        try (RawClient client = connect("TLSv1.3")) {
            client.get("/big", "");
            HttpServerFixture.await(
                    () -> !server.boot.begun.isEmpty()
                            && server.boot.begun.get(0).sent() > 0,
                    "bytes");
            try (FileChannel channel = FileChannel.open(folder.resolve("big"), StandardOpenOption.WRITE)) {
                channel.truncate(100_000);
            }
            assertThrows(IOException.class, client::read);
        }
        FakeTransfer transfer = server.boot.awaitEnd();
        assertEquals(Outcome.FAILED, transfer.outcome);
        assertTrue(transfer.detail.contains("has become shorter"), transfer.detail);
        server.awaitQuiet();
    }

    @Test
    void whatRunsMayEndWhenTheServerStops() throws Exception {
        byte[] content = HttpServerFixture.content(2_000_000);
        onDisk("/big", content);
        try (RawClient half = server.connect();
                RawClient idle = connect("TLSv1.3");
                RawClient client = connect("TLSv1.3")) {
            assertEquals(404, idle.get("/none").status());
            client.get("/big", "");
            HttpServerFixture.await(() -> server.boot.begun.size() == 1, "the transfer");
            HttpServerFixture.await(
                    () -> server.connections.limits().get(0).endsWith(": 3 https"), "three are counted");
            Thread stop = new Thread(() -> server.connections.stop(20_000));
            stop.start();
            half.readToEnd();
            assertTrue(idle.isClosedByServer());
            assertArrayEquals(content, client.read().body());
            assertTrue(client.isClosedByServer());
            client.socket.close();
            stop.join();
        }
        assertEquals(Outcome.COMPLETED, server.boot.awaitEnd().outcome);
        assertEquals(0, server.connections.active());
    }
}
