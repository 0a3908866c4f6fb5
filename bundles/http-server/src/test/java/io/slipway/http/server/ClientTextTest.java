package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClientTextTest {

    @Test
    void nothingForgesALine() {
        assertEquals("a?b?c?d?e", ClientText.printable("a\nb\u001bc\u2028d\u202ee"));
    }

    @Test
    void nothingIsEndless() {
        assertEquals("x".repeat(200) + "…", ClientText.printable("x".repeat(4000)));
        assertEquals("x".repeat(200), ClientText.printable("x".repeat(200)));
    }
}
