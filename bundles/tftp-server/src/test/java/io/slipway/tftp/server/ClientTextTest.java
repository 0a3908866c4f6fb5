package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClientTextTest {

    @Test
    void cannotForgeALineOfTheLog() {
        assertEquals("a??b?", ClientText.printable("a\r\nb\u009b"));
        assertEquals("größe 😀", ClientText.printable("größe 😀"));
        assertEquals("x".repeat(200) + "…", ClientText.printable("x".repeat(201)));
        assertEquals("x".repeat(200), ClientText.printable("x".repeat(200)));
    }
}
