package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad requests: an answer, then the end, and others go on being served. */
class RefusalTest {

    /** What a smuggler would have the server take for a second request. */
    private static final String SMUGGLED = "GET /secret HTTP/1.1\r\nHost: x\r\n\r\n";

    private final HttpServerFixture server = new HttpServerFixture();

    @BeforeEach
    void files() {
        server.boot.put("/linux", new byte[10]);
        server.boot.put("/secret", new byte[20]);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: 5;Content-Length: 5'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: 0;Content-Length: 0'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: 0;content-length: 36'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: 0, 0'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: 0, 36'",
        "400, 'GET / HTTP/1.0;Connection: keep-alive;Content-Length: 0;Content-Length: 36'",
        "400, 'GET / HTTP/1.0;Connection: keep-alive;Content-Length: 0, 36'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: -1'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: +0'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: 0x10'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: '",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: 99999999999999999999'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length: 0; 36'",
        "400, 'GET / HTTP/1.1;Host: x;Content-Length : 36'",
        "413, 'GET / HTTP/1.1;Host: x;Content-Length: 36'",
        "413, 'HEAD / HTTP/1.1;Host: x;Content-Length: 36'",
        "413, 'GET / HTTP/1.1;Host: x;Content-Length: 00'",
        "405, 'POST / HTTP/1.1;Host: x;Content-Length: 36'",
        "405, 'POST / HTTP/1.1;Host: x;Transfer-Encoding: chunked'",
        "400, 'GET / HTTP/1.1;Host: x;Transfer-Encoding: chunked'",
        "400, 'GET / HTTP/1.1;Host: x;Transfer-Encoding: identity'",
        "400, 'GET / HTTP/1.1;Host: x;Transfer-Encoding: chunked;Content-Length: 36'",
        "400, 'POST / HTTP/1.1;Host: x;Content-Length: 36;Transfer-Encoding: chunked'",
        "400, 'GET / HTTP/1.1;Host: x;Transfer-Encoding: xchunked'",
        "400, 'GET / HTTP/1.1;Host: x;Transfer-Encoding: chunked, identity'",
        "400, 'GET / HTTP/1.1;Host: x;Transfer-Encoding: ;Content-Length: 36'",
        "400, 'GET / HTTP/1.0;Connection: keep-alive;Transfer-Encoding: chunked'",
        "400, 'GET / HTTP/1.1;Host: x;Transfer-Encoding : chunked'",
        "400, 'GET / HTTP/1.1;Host: x;\u000bTransfer-Encoding: chunked'",
        "400, 'GET / HTTP/1.1;Host: x;Transfer\u0000-Encoding: chunked'"
    })
    void nothingIsSmuggled(int status, String lines) throws Exception {
        refused(status, lines.replace("; 36", "\r\n 36").replace(";", "\r\n") + "\r\n\r\n" + SMUGGLED);
        assertTrue(
                server.boot.lookups.stream().noneMatch(request -> request.path().equals("/secret")), "was smuggled");
    }

    @ParameterizedTest
    @CsvSource({
        "400, 'GET /linux HTTP/1.1'",
        "400, 'GET /linux HTTP/1.1;Host: a;Host: b'",
        "400, 'GET /linux HTTP/1.1;Host: a b'",
        "400, 'GET /linux HTTP/1.1;Host: a/b'",
        "400, 'GET /linux HTTP/1.1;Host: a;: empty'",
        "400, 'GET /linux HTTP/1.1;Host: a;no colon'",
        "400, 'GET /linux HTTP/1.1; Host: a'",
        "400, 'GET /linux HTTP/1.1;Host: a;X: \u0001'",
        "400, 'GET /linux HTTP/1.1;Host: a;X@Y: b'",
        "400, 'GET /linux'",
        "400, 'GET'",
        "400, 'GET  '",
        "400, 'GET /lin ux HTTP/1.1;Host: a'",
        "400, 'GET /linux HTTP/1.1 x;Host: a'",
        "400, 'GE(T /linux HTTP/1.1;Host: a'",
        "400, 'hello'",
        "400, '\u0016\u0003\u0001\u0002\u0000'",
        "505, 'GET /linux HTTP/2.0;Host: a'",
        "505, 'PRI * HTTP/2.0'",
        "505, 'GET /linux HTTP/0.9'",
        "400, 'GET /linux ICY/1.1;Host: a'"
    })
    void whatIsNotHttp(int status, String lines) throws Exception {
        refused(status, lines.replace(";", "\r\n") + "\r\n\r\n");
    }

    /** HTTP/0.9 has no version, no headers, and no way to say that a file is cut. */
    @Test
    void theOldestHttp() throws Exception {
        refused(400, "GET /linux\r\n");
        refused(400, "GET /linux\r\n\r\n");
        refused(505, "GET /linux HTTP/0.9\r\n\r\n");
    }

    /** RFC 9110 section 10.1.1: what has no body has nothing to wait for; what has one is refused at once. */
    @Test
    void expectations() throws Exception {
        try (RawClient client = server.connect()) {
            RawClient.Reply reply =
                    client.get("/linux", "Expect: 100-continue\r\n").read();
            assertEquals(200, reply.status());
            assertEquals(
                    200, client.get("/linux", "Expect: the-worst\r\n").read().status());
            assertEquals(400, client.get("*").status());
        }
        refused(413, "GET /linux HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    }

    @Test
    void bareLineFeeds() throws Exception {
        refused(400, "GET /linux HTTP/1.1\nHost: x\n\n");
        refused(400, "GET /linux\n");
        refused(400, "GET /linux HTTP/1.1\r\nHost: x\r\nA: b\nContent-Length: 10\r\n\r\n");
    }

    @Test
    void giants() throws Exception {
        refused(414, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        refused(414, "x".repeat(100_000));
        refused(431, "GET / HTTP/1.1\r\nHost: x\r\nA: " + "x".repeat(20_000) + "\r\n\r\n");
        refused(431, "GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(10_000) + "\r\n");
        refused(431, "GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(2_000_000) + "\r\n");
    }

    @Test
    void theLargestThatIsServed() throws Exception {
        try (RawClient client = server.connect()) {
            assertEquals(404, client.get("/" + "x".repeat(4000)).status());
            assertEquals(
                    200,
                    client.get("/linux", "A: " + "x".repeat(16_000) + "\r\n")
                            .read()
                            .status());
        }
    }

    @Test
    void otherMethods() throws Exception {
        try (RawClient client = server.connect()) {
            for (String line : List.of(
                    "POST /linux",
                    "PUT /x",
                    "DELETE /linux",
                    "OPTIONS *",
                    "TRACE /",
                    "get /linux",
                    "CONNECT x:80",
                    "BREW /")) {
                RawClient.Reply reply =
                        client.send(line + " HTTP/1.1\r\nHost: x\r\n\r\n").read();
                assertEquals(405, reply.status(), line);
                assertEquals("GET, HEAD", reply.header("allow"));
            }
            assertEquals(200, client.get("/linux").status());
        }
    }

    /** Hixie's web sockets had a body of eight bytes that no header told of, and Netty remembers. */
    @Test
    void aBodyThatNobodyAnnounced() throws Exception {
        refused(
                400,
                "GET /linux HTTP/1.1\r\nHost: x\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n12345678");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../linux",
                "/..",
                "/%2e%2e/linux",
                "/%2E%2E%2Flinux",
                "/..%5clinux",
                "/a/..%2f..%2flinux",
                "/%00",
                "/linux%00",
                "/%c0%ae%c0%ae/linux",
                "/%zz",
                "/%",
                "http://x/../linux"
            })
    void climbing(String target) throws Exception {
        try (RawClient client = server.connect()) {
            assertEquals(400, client.get(target).status());
            assertEquals(200, client.get("/linux").status());
        }
        assertEquals(1, server.boot.lookups.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%252e%252e/linux", "/%252e%252e%252flinux", "/..%255clinux", "/...//linux", "/%2e%2e%2e"})
    void doublyEncodedIsAName(String target) throws Exception {
        try (RawClient client = server.connect()) {
            assertEquals(404, client.get(target).status());
            assertEquals(200, client.get("/linux").status());
        }
    }

    /** Sends it, and expects one answer and the end; then a good client is served. */
    private void refused(int status, String request) throws Exception {
        try (RawClient client = server.connect()) {
            send(client, request);
            RawClient.Reply reply = client.read(!request.startsWith("HEAD"));
            assertEquals(status, reply.status());
            assertEquals("close", reply.header("connection"));
            if (status == 405) {
                assertEquals("GET, HEAD", reply.header("allow"));
            }
            client.readToEnd();
        }
        try (RawClient client = server.connect()) {
            assertEquals(200, client.get("/linux").status());
        }
    }

    private static void send(RawClient client, String request) {
        try {
            client.send(request);
        } catch (java.io.IOException e) {
            // The server has closed while this was still being sent; what it answered can be read.
            assertTrue(request.length() > 100_000, e.toString());
        }
    }
}
