package io.slipway.wiretests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.http.server.HttpServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What holds of {@link HttpServer} for bytes of any kind on a connection. */
final class AnyStream {

    /** Not the server's own fault: a version that it does not speak (RFC 9110 section 15.6.6). */
    private static final int VERSION = 505;

    private AnyStream() {}

    /** Sends all but the first byte, which says in what pieces. Whatever breaks a promise fails the test. */
    static HttpAnswers isAnsweredOrClosed(HttpWire wire, ServedTree tree, byte[] bytes) {
        int piece = bytes[0] == 0 ? bytes.length : bytes[0] & 0xff;
        HttpAnswers answers = wire.answersTo(Arrays.copyOfRange(bytes, 1, bytes.length), piece);
        for (HttpAnswers.Answer answer : answers.all()) {
            assertTrue(answer.status() < 500 || answer.status() == VERSION, () -> "status " + answer.status());
            assertFalse(answer.body().contains(ServedTree.OUTSIDE));
            assertFalse(answer.fields().toString().contains(ServedTree.OUTSIDE));
        }
        assertEquals(List.of(), new ArrayList<>(tree.escapes()));
        assertEquals("", ServerFaults.heard());
        return answers;
    }
}
