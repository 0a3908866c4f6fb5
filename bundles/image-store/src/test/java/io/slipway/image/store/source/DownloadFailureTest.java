package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ends a download, what is tried again, and what is kept. */
class DownloadFailureTest {

    private static final String CONTENT = "0123456789".repeat(1000);
    private static final String TAG = "\"v1\"";

    @TempDir
    private Path folder;

    private FakeServer server;
    private DownloadFixture downloads;
    private SafeUrl url;

    @BeforeEach
    void startServer() throws IOException {
        server = new FakeServer();
        downloads = new DownloadFixture(folder.resolve("downloads"));
        url = server.url("/iso/debian%2012.iso?token=secret");
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void aWrongSumIsRefusedAndNothingIsKept() throws IOException {
        server.answers(FakeServer.file(CONTENT, TAG));
        String message = assertThrows(
                        IOException.class, () -> downloads.fetch(url, Optional.of(DownloadFixture.digest("another"))))
                .getMessage();
        assertTrue(message.contains(DownloadFixture.digest(CONTENT).hex()), message);
        assertTrue(message.contains("compare the sum with that of the publisher"), message);
        assertEquals(0, Files.size(downloads.part(url)));
        assertFalse(Files.exists(downloads.sidecar(url)));
    }

    @Test
    void whatIsTooLargeIsNotFetched() throws IOException {
        downloads.largest = 9999;
        server.answers(FakeServer.file(CONTENT, TAG), FakeServer.chunked(CONTENT));
        assertTrue(failure().contains("larger than the limit of 9999 bytes; raise the limit"));
        assertEquals(0, Files.size(downloads.part(url)));
        assertTrue(failure().contains("larger than the limit of 9999 bytes"));
        assertTrue(Files.size(downloads.part(url)) <= 9999);
        assertEquals(List.of(), downloads.pauses);
    }

    @ParameterizedTest
    @CsvSource({
        "400, look at the URL",
        "401, give user and password",
        "403, this server may not have it",
        "404, there is no such file: correct the URL",
        "407, the proxy wants a password",
        "410, the file is gone",
        "418, look at the URL",
        "451, find another one",
        "501, the server is at fault: try again later",
    })
    void aRefusalHasACureAndIsNotTriedAgain(int status, String cure) {
        server.answers(FakeServer.status(status));
        String message = failure();
        assertTrue(message.contains("the server answers " + status + "; ") && message.contains(cure), message);
        assertEquals(List.of(), downloads.pauses);
        assertFalse(message.contains("secret"), message);
    }

    @Test
    void aServerThatIsBusyIsAskedAgainAfterAWhile() throws IOException {
        downloads.attempts = 6;
        server.answers(
                FakeServer.status(503),
                FakeServer.status(503, "Retry-After", "7"),
                FakeServer.status(429, "Retry-After", "100000"),
                FakeServer.status(502, "Retry-After", "Tue, 07 Jul 2026 20:29:00 GMT"),
                FakeServer.status(504),
                FakeServer.file(CONTENT, TAG));
        assertEquals(CONTENT, downloads.text(url));
        assertEquals(
                List.of(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(7),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(32)),
                downloads.pauses);
    }

    @Test
    void givesUpAfterSomeAttempts() {
        String message = failure();
        assertTrue(
                message.contains("500; the server is at fault: try again later; given up after 3 attempts in a row"),
                message);
        assertEquals(3, server.asked.size());
    }

    @Test
    void whoGetsFurtherIsNotGivenUp() throws IOException {
        String large = "x".repeat(5 << 20);
        downloads.largest = 10 << 20;
        downloads.attempts = 2;
        for (int attempt = 0; attempt < 4; attempt++) {
            server.answers(FakeServer.broken(large, TAG, (1 << 20) + 70_000));
        }
        server.answers(FakeServer.file(large, TAG));
        assertEquals(large.length(), downloads.text(url).length());
        assertEquals(5, server.asked.size());
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForForEver() {
        downloads.attempts = 1;
        downloads.silence = Duration.ofMillis(100);
        server.answers(server.silenceAfter("begin", TAG));
        String message = failure();
        assertTrue(message.contains("the server has said nothing for"), message);
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        downloads.attempts = 1;
        SafeUrl gone = server.url("/x");
        server.close();
        String message =
                assertThrows(IOException.class, () -> downloads.fetch(gone)).getMessage();
        assertTrue(message.startsWith(gone + ": no connection"), message);
        assertTrue(message.contains("is the server running"), message);
    }

    @Test
    void whatTheJdkSaysOfANetworkIsSaidWithACure() {
        Throwable unknown = new ConnectException().initCause(new UnresolvedAddressException());
        assertTrue(HttpFault.of(url, unknown).getMessage().contains("the host's name is unknown; correct it"));
        assertTrue(HttpFault.of(url, new HttpConnectTimeoutException("x"))
                .getMessage()
                .contains("is the host up"));
        assertTrue(HttpFault.of(url, new IOException("a\nb")).getMessage().endsWith("the transfer broke off (a?b)"));
        assertTrue(HttpFault.of(url, new IOException()).getMessage().endsWith("(IOException)"));
    }

    @Test
    void aServerWithoutTlsIsNamed() throws IOException {
        SafeUrl tls = SafeUrl.parse("https://127.0.0.1:" + server.port() + "/x");
        String message =
                assertThrows(IOException.class, () -> downloads.fetch(tls)).getMessage();
        assertTrue(message.contains("no TLS connection"), message);
        assertEquals(List.of(), downloads.pauses);
    }

    @Test
    void oneDownloadAtATimeWritesAPart() throws IOException {
        server.answers(FakeServer.file(CONTENT, TAG));
        try (DownloadedFile file = downloads.fetch(url)) {
            String message = failure();
            assertTrue(message.startsWith(url + ": it is being downloaded already; wait"), message);
            assertEquals(CONTENT, Files.readString(file.path()));
        }
    }

    @Test
    void anInterruptEndsIt() {
        server.answers(server.silence());
        Thread.currentThread().interrupt();
        InterruptedIOException stopped = assertThrows(InterruptedIOException.class, () -> downloads.fetch(url));
        assertTrue(Thread.interrupted());
        assertTrue(stopped.getMessage().endsWith(": stopped"), stopped.getMessage());
    }

    @Test
    void whoIsInterruptedKeepsWhatHasCome() throws Exception {
        server.answers(server.silenceAfter("begin", TAG));
        CompletableFuture<String> ended = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread downloading = new Thread(() -> {
            try {
                DownloadedFile.fetch(url, Optional.empty(), downloads.terms(), (path, done, size) -> {
                            if (done == 5) {
                                begun.countDown();
                            }
                        })
                        .close();
                ended.complete("not at all");
            } catch (IOException e) {
                ended.complete(e.getMessage());
            }
        });
        downloading.start();
        begun.await();
        downloading.interrupt();
        assertEquals(url + ": stopped; import again, which goes on where it stopped", ended.get());
        downloading.join();
        assertEquals("begin", Files.readString(downloads.part(url)));
        assertTrue(Files.readString(downloads.sidecar(url)).contains("\"length\":5"));
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.createFile(downloads.folder);
        String message = failure();
        assertTrue(message.contains("download folder " + downloads.folder + " cannot be written"), message);
    }

    @Test
    void termsThatMakeNoSenseAreRefused() {
        Duration second = Duration.ofSeconds(1);
        for (Runnable wrong : List.<Runnable>of(
                () -> new DownloadTerms(folder, 0, second, second, 1, second),
                () -> new DownloadTerms(folder, 1, Duration.ZERO, second, 1, second),
                () -> new DownloadTerms(folder, 1, second, second.negated(), 1, second),
                () -> new DownloadTerms(folder, 1, second, second, 0, second),
                () -> new DownloadTerms(folder, 1, second, second, 101, second),
                () -> new DownloadTerms(folder, 1, second, second, 1, Duration.ZERO))) {
            assertTrue(assertThrows(IllegalArgumentException.class, wrong::run)
                    .getMessage()
                    .contains("expected"));
        }
        assertEquals(folder, DownloadTerms.in(folder).folder());
    }

    private String failure() {
        return assertThrows(IOException.class, () -> downloads.fetch(url)).getMessage();
    }
}
