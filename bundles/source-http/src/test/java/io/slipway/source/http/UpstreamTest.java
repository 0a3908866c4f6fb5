package io.slipway.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which way the other server is asked. */
class UpstreamTest {

    private static final RemotePath FILE = new RemotePath("file");

    @TempDir
    private Path folder;

    @Test
    void trustsWhomTheConfigurationNames() throws Exception {
        try (SecureServer server = new SecureServer(folder, exchange -> {
            exchange.sendResponseHeaders(200, 6);
            exchange.getResponseBody().write("secure".getBytes(UTF_8));
            exchange.close();
        })) {
            Upstream trusting =
                    Upstream.of(settings(server.url(), Optional.of(server.certificate()), Optional.empty()));
            try (Answer answer = trusting.get(FILE, Optional.empty())) {
                assertEquals(200, answer.status());
                assertArrayEquals("secure".getBytes(UTF_8), answer.body().readAllBytes());
            }
            Upstream other = Upstream.of(settings(server.url(), Optional.empty(), Optional.empty()));
            String message = assertThrows(UpstreamException.class, () -> other.get(FILE, Optional.empty()))
                    .getMessage();
            assertTrue(message.startsWith(server.url() + "/file: no trust ("), message);
            assertTrue(message.contains("with caFile in etc/test.cfg"), message);
        }
    }

    @Test
    void neverGoesFromHttpsToHttp() throws Exception {
        try (SecureServer server = new SecureServer(folder, exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1/file");
            exchange.sendResponseHeaders(301, -1);
            exchange.close();
        })) {
            Upstream upstream =
                    Upstream.of(settings(server.url(), Optional.of(server.certificate()), Optional.empty()));
            String message = assertThrows(UpstreamException.class, () -> upstream.get(FILE, Optional.empty()))
                    .getMessage();
            assertTrue(message.contains("or from https to http"), message);
        }
    }

    @Test
    void certificatesThatCannotBeReadAreNamed() throws IOException {
        for (Path file : List.of(
                folder.resolve("absent.pem"),
                Files.writeString(folder.resolve("other.pem"), "no certificate"),
                Files.createFile(folder.resolve("empty.pem")))) {
            Settings settings = settings("https://127.0.0.1:1", Optional.of(file), Optional.empty());
            String message =
                    assertThrows(IOException.class, () -> Upstream.of(settings)).getMessage();
            assertTrue(message.startsWith("etc/test.cfg: caFile = " + file + "; expected a PEM file"), message);
        }
    }

    @Test
    void asksThroughAProxy() throws IOException {
        try (FakeUpstream proxy = new FakeUpstream()) {
            proxy.has("file", "by proxy".getBytes(UTF_8), "\"one\"");
            Upstream upstream = Upstream.of(settings(
                    "http://not.there.invalid/debian",
                    Optional.empty(),
                    Optional.of(URI.create("http://127.0.0.1:" + proxy.port()))));
            try (Answer answer = upstream.get(FILE, Optional.empty())) {
                assertArrayEquals("by proxy".getBytes(UTF_8), answer.body().readAllBytes());
            }
        }
    }

    @Test
    void saysThatTheHostIsNotKnown() throws IOException {
        Upstream upstream = Upstream.of(settings("http://not.there.invalid", Optional.empty(), Optional.empty()));
        UpstreamException failure = assertThrows(UpstreamException.class, () -> upstream.get(FILE, Optional.empty()));
        assertTrue(failure.isDown());
        assertTrue(failure.getMessage().contains("its host name is not known; mend url"), failure.getMessage());
    }

    private Settings settings(String url, Optional<Path> caFile, Optional<URI> proxy) {
        return new Settings(
                "etc/test.cfg",
                "test",
                "/mirror",
                url,
                folder,
                1_000_000,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                caFile,
                proxy);
    }
}
