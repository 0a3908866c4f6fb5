package io.slipway.storage.s3;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.TestManifests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a store that refuses, is not there, or is none. */
class FailuresTest {

    private static final String PLACE = "etc/io.slipway.storage.s3-test.cfg";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | NoSuchBucket                 | make that bucket, or mend bucket in
            403 | InvalidAccessKeyId           | mend what accessKey refers to in
            403 | SignatureDoesNotMatch        | mend what secretKey refers to in
            403 | AccessDenied                 | s3:ListBucket
            400 | ExpiredToken                 | renew the credentials
            403 | RequestTimeTooSkewed         | set the clock of this machine
            400 | AuthorizationHeaderMalformed | mend region in
            503 | SlowDown                     | the store has too much to do
            500 | InternalError                | the store has too much to do
            501 | NotImplemented               | this store lacks what is needed
            418 | Teapot                       | look into the store's log
            """)
    void saysWhatToDoAboutARefusal(int status, String code, String cure) throws IOException {
        try (FakeStore store = new FakeStore(FakeStore.error(status, code, "The store says so."));
                S3Backend backend = opened(store.endpoint())) {
            String message =
                    assertThrows(IOException.class, () -> backend.tags()).getMessage();
            String begin = "S3 storage test cannot list s3://images/lab/tags/ at " + store.endpoint() + ": HTTP "
                    + status + " " + code + "; ";
            assertTrue(message.startsWith(begin), message);
            assertTrue(message.contains(cure), message);
        }
    }

    @Test
    void tellsTheRegionThatTheStoreTells() throws IOException {
        FakeStore.Answer elsewhere = exchange -> {
            exchange.getResponseHeaders().set("x-amz-bucket-region", "eu-central-1");
            FakeStore.error(301, "PermanentRedirect", "Elsewhere.").to(exchange);
        };
        try (FakeStore store = new FakeStore(elsewhere);
                S3Backend backend = opened(store.endpoint())) {
            assertMessage(backend, "mend region in " + PLACE + " (the bucket is in eu-central-1)");
        }
    }

    /** Of an answer to HEAD only the status is known. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | if region is right
            403 | s3:GetObject
            503 | the store has too much to do
            """)
    void saysWhatToDoAboutAStatus(int status, String cure) throws IOException {
        try (FakeStore store = new FakeStore(FakeStore.error(status, "", ""));
                S3Backend backend = opened(store.endpoint())) {
            String message = assertThrows(IOException.class, () -> backend.blob(TestManifests.digest(new byte[0])))
                    .getMessage();
            assertTrue(message.contains("cannot look for s3://images/lab/blobs/sha256/"), message);
            assertTrue(message.contains("HTTP " + status + "; "), message);
            assertTrue(message.contains(cure), message);
        }
    }

    @Test
    void aBucketThatIsNotThereIsToldFromABlobThatIsNot() throws IOException {
        try (FakeStore store = new FakeStore(FakeStore.error(404, "NoSuchKey", "No."));
                S3Backend backend = opened(store.endpoint())) {
            String message = assertThrows(IOException.class, () -> backend.blob(TestManifests.digest(new byte[0])))
                    .getMessage();
            assertTrue(message.contains("NoSuchBucket; make that bucket, or mend bucket in " + PLACE), message);
        }
    }

    @Test
    void saysThatNothingListens() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (S3Backend backend = opened(URI.create("http://127.0.0.1:" + port))) {
            assertMessage(backend, "start the store, or mend endpoint in " + PLACE);
        }
    }

    @Test
    void saysThatTheHostIsNotKnown() throws IOException {
        try (S3Backend backend = opened(URI.create("http://store.invalid:9000"))) {
            assertMessage(backend, "its host name is not known; mend endpoint or region in " + PLACE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>It works!</body></html>",
                "It works!",
                "{}",
                "",
                "<ListBucketResult",
                "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>",
                "<ListBucketResult><Name>images</Name><Contents><Size>1</Size></Contents></ListBucketResult>",
                "<ListBucketResult><Name>images</Name><Contents><Key>lab/tags/a/b</Key><Size>many</Size>"
                        + "</Contents></ListBucketResult>"
            })
    void whatIsNoObjectStoreIsNotTakenForAnEmptyOne(String page) throws IOException {
        try (FakeStore store = new FakeStore(exchange -> FakeStore.send(exchange, 200, page));
                S3Backend backend = opened(store.endpoint())) {
            assertMessage(backend, "the answer is not one of S3's; mend endpoint in " + PLACE);
        }
    }

    @Test
    void aListWithoutEndIsGivenUp() throws IOException {
        String page = "<ListBucketResult><Name>images</Name><IsTruncated>true</IsTruncated>"
                + "<NextContinuationToken>again</NextContinuationToken></ListBucketResult>";
        try (FakeStore store = new FakeStore(exchange -> FakeStore.send(exchange, 200, page));
                S3Backend backend = opened(store.endpoint())) {
            assertMessage(backend, "the answer is not one of S3's");
        }
    }

    @Test
    void whatDoesNotConfirmIsNoStoredBlob() throws IOException {
        try (FakeStore store = new FakeStore(exchange -> FakeStore.send(exchange, 200, ""));
                S3Backend backend = opened(store.endpoint())) {
            String message = assertThrows(
                            IOException.class, () -> backend.store(new ByteArrayInputStream(new byte[10])))
                    .getMessage();
            assertTrue(message.contains("cannot write s3://images/lab/blobs/sha256/"), message);
            assertTrue(message.contains("the answer is not one of S3's"), message);
        }
    }

    /** A store may repeat what it was sent, and an operator may have said anything to it. */
    @Test
    void noSecretIsEverShown() throws IOException {
        FakeStore.Answer echo = exchange -> {
            StringBuilder all = new StringBuilder(ProxyStore.SECRET_KEY + ProxyStore.ACCESS_KEY);
            exchange.getRequestHeaders().values().forEach(all::append);
            FakeStore.error(403, "AccessDenied" + ProxyStore.SECRET_KEY, all.toString())
                    .to(exchange);
        };
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        StringWriter told = new StringWriter();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (FakeStore store = new FakeStore(echo);
                S3Backend backend = opened(store.endpoint())) {
            PrintWriter writer = new PrintWriter(told, true);
            assertThrows(IOException.class, () -> backend.tags()).printStackTrace(writer);
            assertThrows(IOException.class, () -> backend.store(new ByteArrayInputStream(new byte[10])))
                    .printStackTrace(writer);
            assertThrows(IOException.class, () -> backend.blob(TestManifests.digest(new byte[0])))
                    .printStackTrace(writer);
            writer.println(TestSettings.of(folder, store.endpoint(), "images", 100));
        } finally {
            System.setErr(before);
        }
        String all = told + log.toString(StandardCharsets.UTF_8);
        assertTrue(all.contains("S3 storage test cannot list"), all);
        assertTrue(log.size() > 0, "the log has the warning");
        assertFalse(all.contains(ProxyStore.SECRET_KEY), all);
        assertFalse(all.contains(ProxyStore.ACCESS_KEY), all);
    }

    @Test
    void certificatesThatCannotBeReadAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "no certificate");
        for (Path path :
                new Path[] {file, folder.resolve("absent.pem"), Files.createFile(folder.resolve("empty.pem"))}) {
            Settings settings = TestSettings.withCaFile(
                    TestSettings.of(folder, URI.create("https://127.0.0.1:1"), "images", 100), Optional.of(path));
            String message = assertThrows(IOException.class, () -> new S3Backend(settings, folder.resolve("tags.json")))
                    .getMessage();
            assertTrue(message.startsWith(PLACE + ": caFile = " + path + "; expected a PEM file"), message);
        }
    }

    private S3Backend opened(URI endpoint) throws IOException {
        return new S3Backend(
                TestSettings.of(folder, endpoint, "images", 100_000),
                folder.resolve("tags.json"),
                TestSettings.SMALL,
                1,
                Clock.systemUTC());
    }

    private static void assertMessage(S3Backend backend, String part) {
        String message = assertThrows(IOException.class, () -> backend.tags()).getMessage();
        assertTrue(message.startsWith("S3 storage test cannot list s3://images/lab/tags/ at http"), message);
        assertTrue(message.contains(part), message);
    }
}
