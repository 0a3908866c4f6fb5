package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Valid requests with bytes changed, removed, doubled and cut: each is answered or closed, and the next is served. */
class MischiefTest {

    private static final String MARKS = "\r\n \t,;:%/\0\"-0";

    private static final List<String> SEEDS = List.of(
            "GET /linux HTTP/1.1\r\nHost: slipway\r\nUser-Agent: UefiHttpBoot/1.0\r\nAccept: */*\r\n\r\n",
            "HEAD /linux HTTP/1.1\r\nHost: slipway\r\nConnection: close\r\n\r\n",
            "GET /linux HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /none HTTP/1.0\r\n\r\n",
            head(
                    "GET /linux HTTP/1.1",
                    "Host: x",
                    "Range: bytes=10-19",
                    "If-Range: \"a\"",
                    "If-None-Match: W/\"b\", \"c\""),
            head(
                    "GET http://slipway/%6cinux?x=1 HTTP/1.1",
                    "Host: x", "If-Modified-Since: Sun, 22 Nov 2026 12:00:00 GMT"),
            "POST /linux HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            "GET /linux HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\nGET /linux HTTP/1.1\r\nHost: x\r\n\r\n");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theServerServesOn(long seed) throws Exception {
        Duration brief = Duration.ofMillis(100);
        Random random = new Random(seed);
        try (HttpServerFixture server = new HttpServerFixture(HttpServerFixture.times(brief, brief, brief))) {
            server.boot.put("/linux", HttpServerFixture.content(1000));
            for (int i = 0; i < 300; i++) {
                byte[] request = mutate(SEEDS.get(random.nextInt(SEEDS.size())), random);
                try (RawClient client = server.connect()) {
                    expectAnswersOrEnd(client, request);
                }
                if (i % 10 == 0) {
                    try (RawClient client = server.connect()) {
                        assertEquals(1000, client.get("/linux").body().length);
                    }
                }
            }
            server.awaitQuiet();
        }
    }

    private static void expectAnswersOrEnd(RawClient client, byte[] request) {
        try {
            client.send(request);
            client.socket.shutdownOutput();
        } catch (IOException e) {
            assertTrue(client.socket.isConnected(), "the server was faster, and has closed: " + e);
        }
        byte[] all = client.readToEnd();
        String text = new String(all, StandardCharsets.ISO_8859_1);
        assertTrue(
                all.length == 0 || text.startsWith("HTTP/1.1 "),
                () -> new String(request, StandardCharsets.ISO_8859_1) + " was answered " + text);
    }

    private static byte[] mutate(String seed, Random random) {
        StringBuilder text = new StringBuilder(seed);
        for (int changes = 1 + random.nextInt(4); changes > 0 && text.length() > 1; changes--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            switch (random.nextInt(6)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.delete(at, end);
                case 2 -> text.insert(at, text.substring(at, end));
                case 3 -> text.insert(at, MARKS.charAt(random.nextInt(MARKS.length())));
                case 4 -> text.setLength(at);
                default -> text.insert(at, "9".repeat(random.nextInt(40)));
            }
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }
}
