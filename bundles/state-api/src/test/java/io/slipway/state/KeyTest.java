package io.slipway.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTest {

    @Test
    void segmentsAreJoinedWithSlashes() {
        Key key = Key.of("dhcp", "lease", "192.0.2.10");
        assertEquals("dhcp/lease/192.0.2.10", key.path());
        assertEquals("192.0.2.10", key.name());
        assertEquals(key, Key.of("dhcp/lease").child("192.0.2.10"));
        assertEquals("alone", Key.of("alone").name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "a b", "a\tb", "a\u0000", "caf\u00e9", "a\u007f"})
    void whatIsNoPathIsRefused(String path) {
        assertThrows(IllegalArgumentException.class, () -> new Key(path));
    }

    @Test
    void lengthIsBounded() {
        assertEquals(Key.MAX_LENGTH, new Key("k".repeat(Key.MAX_LENGTH)).path().length());
        assertThrows(IllegalArgumentException.class, () -> new Key("k".repeat(Key.MAX_LENGTH + 1)));
        assertThrows(NullPointerException.class, () -> new Key(null));
    }

    @Test
    void onlyWholeSegmentsLieUnderAPrefix() {
        Key prefix = Key.of("a", "b");
        assertTrue(prefix.isUnder(prefix));
        assertTrue(Key.of("a", "b", "c").isUnder(prefix));
        assertFalse(Key.of("a", "bc").isUnder(prefix));
        assertFalse(Key.of("a").isUnder(prefix));
    }

    @Test
    void orderIsThatOfThePaths() {
        assertTrue(Key.of("a").compareTo(Key.of("a", "b")) < 0);
        assertTrue(Key.of("a-b").compareTo(Key.of("a", "b")) < 0);
        assertEquals(0, Key.of("a", "b").compareTo(new Key("a/b")));
    }
}
