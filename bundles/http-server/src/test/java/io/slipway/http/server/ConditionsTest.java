package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions of a request, on a file of 1000 bytes that was last changed at noon. */
class ConditionsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.750Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private static final String AT_NOON = "Sun, 22 Nov 2026 12:00:00 GMT";
    private static final String BEFORE = "Sun, 22 Nov 2026 11:59:59 GMT";
    private static final String AFTER = "Sun, 22 Nov 2026 12:00:01 GMT";

    private final Representation strong =
            new Representation(1000, "text/plain", new EntityTag("a", false), Optional.of(NOON));
    private final Representation weak =
            new Representation(1000, "text/plain", new EntityTag("a", true), Optional.of(NOON));
    private final Representation undated =
            new Representation(1000, "text/plain", new EntityTag("a", false), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "'If-None-Match: \"a\"', 304",
        "'If-None-Match: W/\"a\"', 304",
        "'If-None-Match: *', 304",
        "'If-None-Match: \"b\"', 200",
        "'If-None-Match: nonsense', 200",
        "'If-None-Match: \"b\";If-Modified-Since: " + AT_NOON + "', 200",
        "'If-Modified-Since: " + AT_NOON + "', 304",
        "'If-Modified-Since: " + AFTER + "', 304",
        "'If-Modified-Since: " + BEFORE + "', 200",
        "'If-Modified-Since: Sunday, 22-Nov-26 12:00:00 GMT', 304",
        "'If-Modified-Since: Sun Nov 22 12:00:00 2026', 304",
        "'If-Modified-Since: yesterday', 200",
        "'If-Modified-Since: Sun, 22 Nov 2026 12:00:00 GMT, which is a date of more than sixty-four signs', 200",
        "'If-Modified-Since: " + AFTER + ";If-Modified-Since: " + AFTER + "', 200",
        "'If-Match: \"a\"', 200",
        "'If-Match: \"b\", \"a\"', 200",
        "'If-Match: *', 200",
        "'If-Match: \"b\"', 412",
        "'If-Match: W/\"a\"', 412",
        "'If-Match: nonsense', 412",
        "'If-Match: \"a\";If-Unmodified-Since: " + BEFORE + "', 200",
        "'If-Unmodified-Since: " + AT_NOON + "', 200",
        "'If-Unmodified-Since: " + BEFORE + "', 412",
        "'If-Unmodified-Since: nonsense', 200",
        "'If-Match: \"a\";If-None-Match: \"a\"', 304",
        "'Range: bytes=0-9', 206",
        "'Range: bytes=0-9;If-Match: \"a\"', 206",
        "'Range: bytes=0-9;If-Match: \"b\"', 412",
        "'Range: bytes=0-9;If-None-Match: \"a\"', 304",
        "'Range: bytes=0-9;If-Range: \"a\"', 206",
        "'Range: bytes=0-9;If-Range: \"b\"', 200",
        "'Range: bytes=0-9;If-Range: W/\"a\"', 200",
        "'Range: bytes=0-9;If-Range: *', 200",
        "'Range: bytes=0-9;If-Range: " + AT_NOON + "', 206",
        "'Range: bytes=0-9;If-Range: " + AFTER + "', 200",
        "'Range: bytes=0-9;If-Range: " + BEFORE + "', 200",
        "'Range: bytes=0-9;If-Range: nonsense', 200",
        "'Range: bytes=2000-;If-Range: \"b\"', 200",
        "'Range: bytes=2000-;If-Range: \"a\"', 416"
    })
    void areObeyed(String headers, int status) {
        assertEquals(status, status(headers, strong, LATER));
    }

    @Test
    void aWeakTagResumesNothing() {
        assertEquals(200, status("Range: bytes=0-9;If-Range: \"a\"", weak, LATER));
        assertEquals(412, status("Range: bytes=0-9;If-Match: \"a\"", weak, LATER));
        assertEquals(304, status("If-None-Match: W/\"a\"", weak, LATER));
    }

    @Test
    void aDateThatIsTooFreshResumesNothing() {
        assertEquals(200, status("Range: bytes=0-9;If-Range: " + AT_NOON, strong, NOON.plusSeconds(1)));
    }

    @Test
    void withoutADateTheDatesAreIgnored() {
        assertEquals(200, status("If-Modified-Since: " + AFTER, undated, LATER));
        assertEquals(200, status("If-Unmodified-Since: " + BEFORE, undated, LATER));
        assertEquals(200, status("Range: bytes=0-9;If-Range: " + AT_NOON, undated, LATER));
    }

    @Test
    void notModifiedCarriesTheValidators() {
        Answer answer = Answer.of(headers("If-None-Match: \"a\""), false, strong, LATER);
        assertEquals("\"a\"", answer.headers().get(HttpHeaderNames.ETAG));
        assertEquals(AT_NOON, answer.headers().get(HttpHeaderNames.LAST_MODIFIED));
        assertFalse(answer.headers().contains(HttpHeaderNames.CONTENT_LENGTH));
        assertEquals("", answer.text());
    }

    @Test
    void nothingWasChangedInTheFuture() {
        Answer answer = Answer.of(headers(""), false, strong, NOON.minusSeconds(1));
        assertEquals(BEFORE, answer.headers().get(HttpHeaderNames.LAST_MODIFIED));
    }

    private static int status(String headers, Representation file, Instant now) {
        return Answer.of(headers(headers), false, file, now).status().code();
    }

    private static HttpHeaders headers(String lines) {
        HttpHeaders headers = new DefaultHttpHeaders();
        for (String line : lines.split(";")) {
            if (!line.isEmpty()) {
                headers.add(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return headers;
    }
}
