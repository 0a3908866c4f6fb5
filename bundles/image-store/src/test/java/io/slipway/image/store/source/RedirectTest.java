package io.slipway.image.store.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked, and what they are told of passwords. */
class RedirectTest {

    private static final String BASIC = "Basic dXNlcjpww6Rzcw==";

    @TempDir
    private Path folder;

    private FakeServer server;
    private FakeServer other;
    private DownloadFixture downloads;

    @BeforeEach
    void startServers() throws IOException {
        server = new FakeServer();
        other = new FakeServer();
        downloads = new DownloadFixture(folder);
    }

    @AfterEach
    void stopServers() {
        server.close();
        other.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirectsAreFollowed(int status) throws IOException {
        server.answers(FakeServer.status(status, "Location", "../b/file?x=y#part"), FakeServer.file("content", ""));
        assertEquals("content", downloads.text(server.url("/a/start")));
        assertEquals("/b/file?x=y", server.asked.get(1).uri());
    }

    @Test
    void aPasswordIsForWhomItWasGiven() throws IOException {
        SafeUrl url = SafeUrl.parse("http://user:p%C3%A4ss@127.0.0.1:" + server.port() + "/a");
        server.answers(
                FakeServer.status(302, "Location", "/b"),
                FakeServer.status(302, "Location", other.url("/c").toString()));
        other.answers(FakeServer.file("content", ""));
        assertEquals("content", downloads.text(url));
        assertEquals(Optional.of(BASIC), server.asked.get(0).header("Authorization"));
        assertEquals(Optional.of(BASIC), server.asked.get(1).header("Authorization"));
        assertEquals(Optional.empty(), other.asked.get(0).header("Authorization"));
    }

    @Test
    void aPasswordInARedirectIsNotUsed() throws IOException {
        server.answers(FakeServer.status(302, "Location", "http://u:p@127.0.0.1:" + other.port() + "/c"));
        other.answers(FakeServer.file("content", ""));
        assertEquals("content", downloads.text(server.url("/a")));
        assertEquals(Optional.empty(), other.asked.get(0).header("Authorization"));
    }

    @Test
    void secretsAreInNoMessage() throws IOException {
        SafeUrl url = SafeUrl.parse("http://user:s3cret@127.0.0.1:" + server.port() + "/a?token=s3cret#s3cret");
        server.answers(
                FakeServer.status(404),
                FakeServer.status(302, "Location", "/b?s3cret=s3cret"),
                FakeServer.status(404),
                FakeServer.status(302, "Location", "ftp://user:s3cret@host/"),
                FakeServer.status(302, "Location", "http://a b:s3cret@host/"));
        for (int attempt = 0; attempt < 4; attempt++) {
            IOException failure = assertThrows(IOException.class, () -> downloads.fetch(url));
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertFalse(cause.toString().contains("s3cret"), cause.toString());
            }
        }
        assertFalse(url.toString().contains("s3cret"), url.toString());
    }

    @Test
    void aRedirectThatLeadsNowhereIsRefused() throws IOException {
        SafeUrl url = server.url("/a");
        server.answers(FakeServer.status(302));
        assertRefused(url, "does not say where to");
        server.answers(FakeServer.status(302, "Location", "file:///etc/passwd"));
        assertRefused(url, "the server redirects, and this is a URL of the scheme 'file'");
        server.answers(FakeServer.status(302, "Location", "http://"));
        assertRefused(url, "the server redirects");
        for (int redirect = 0; redirect <= 10; redirect++) {
            server.answers(FakeServer.status(302, "Location", "/a"));
        }
        assertRefused(url, "redirects more than 10 times");
    }

    @Test
    void fromHttpsNobodyIsLedToHttp() throws IOException {
        SafeUrl https = SafeUrl.parse("https://user:pass@mirror.example/a");
        assertEquals("https://mirror.example/b", https.redirected("b").toString());
        assertTrue(https.redirected("https://MIRROR.example/c").authorization().isPresent());
        assertTrue(https.redirected("https://mirror.example:8443/c")
                .authorization()
                .isEmpty());
        String message = assertThrows(IOException.class, () -> https.redirected("http://mirror.example/a"))
                .getMessage();
        assertTrue(message.contains("redirects from https to http://mirror.example/a"), message);
    }

    @Test
    void theProxyOfTheEnvironmentIsAskedWithItsOwnPassword() throws IOException {
        downloads.environment = Map.of("http_proxy", "http://user:p%C3%A4ss@127.0.0.1:" + other.port());
        other.answers(FakeServer.file("content", ""));
        assertEquals("content", downloads.text(SafeUrl.parse("http://mirror.example/a")));
        assertEquals("http://mirror.example/a", other.asked.get(0).uri());
        assertEquals(Optional.of(BASIC), other.asked.get(0).header("Proxy-Authorization"));
        assertEquals(Optional.empty(), other.asked.get(0).header("Authorization"));
        downloads.environment = Map.of("http_proxy", "http://127.0.0.1:" + other.port());
        server.answers(FakeServer.file("content", ""));
        assertEquals("content", downloads.text(server.url("/a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "file:///etc/passwd",
                "ftp://host/x",
                "/etc/passwd",
                "http:",
                "http:///x",
                "http://",
                "http://a b/",
                "http:opaque",
                "https://host:99999/",
                "jar:http://host/x!/",
                "mirror.example/x"
            })
    void refusesWhatIsNoAddressOfAWebServer(String text) {
        String message =
                assertThrows(IOException.class, () -> SafeUrl.parse(text)).getMessage();
        assertTrue(message.contains("expected http"), message);
    }

    @Test
    void anAddressIsSentAsItWasGiven() throws IOException {
        assertEquals("/", SafeUrl.parse("HTTP://Host").uri().getPath());
        assertEquals(
                "http://host/a%20b/%C3%BC?q=%26",
                SafeUrl.parse(" http://host/a%20b/\u00fc?q=%26#x ").uri().toString());
        assertEquals("", SafeUrl.parse("http://host/folder/").fileName());
        assertFalse(SafeUrl.parse("http://h/x?a=1")
                .key()
                .equals(SafeUrl.parse("http://h/x?a=2").key()));
    }

    private void assertRefused(SafeUrl url, String expected) {
        String message =
                assertThrows(IOException.class, () -> downloads.fetch(url)).getMessage();
        assertTrue(message.startsWith(url.toString()) && message.contains(expected), message);
        assertEquals(0, downloads.pauses.size());
    }
}
