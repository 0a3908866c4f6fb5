package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessLogTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void theCombinedFormat() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/images/a/linux");
        request.headers().set("User-Agent", "UefiHttpBoot/1.0");
        String line = AccessLog.line("10.0.0.7", request, 206, 1234, NOON);
        assertTrue(line.matches("10\\.0\\.0\\.7 - - \\[2[78]/Nov/2026:\\d\\d:\\d\\d:00 [+-]\\d{4}] .*"), line);
        assertTrue(line.endsWith("] \"GET /images/a/linux HTTP/1.1\" 206 1234 \"-\" \"UefiHttpBoot/1.0\""), line);
    }

    @Test
    void noBodyIsADash() {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_0, HttpMethod.HEAD, "/x");
        String line = AccessLog.line("10.0.0.7", request, 200, 0, NOON);
        assertTrue(line.endsWith("\"HEAD /x HTTP/1.0\" 200 - \"-\" \"-\""), line);
    }

    @Test
    void nobodyWritesALineOfHisOwn() {
        HttpRequest request = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.GET,
                "/\"\\\u00e9",
                DefaultHttpHeadersFactory.headersFactory().withValidation(false));
        request.headers().set("User-Agent", "\" 200 1\t\u007f");
        String line = AccessLog.line("10.0.0.7", request, 404, 1, NOON);
        assertTrue(line.contains("\"GET /\\\"\\\\\\xe9 HTTP/1.1\""), line);
        assertTrue(line.endsWith("\"\\\" 200 1\\x09\\x7f\""), line);
        assertEquals(1, line.lines().count());
    }
}
