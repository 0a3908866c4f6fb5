package io.slipway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {

    @ParameterizedTest
    @CsvSource({
        "'\"a\"', true, true",
        "'\"x\", \"a\"', true, true",
        "'\"x\",,\t\"a\" , \"y\"', true, true",
        "'W/\"a\"', true, false",
        "'W/\"x\", W/\"a\"', true, false",
        "'*', true, true",
        "'\"b\"', false, false",
        "'a', false, false",
        "'\"a', false, false",
        "'w/\"a\"', false, false",
        "'\"x\" \"a\"', false, false",
        "'\"x,\"a\"', false, false",
        "'\"x,a\"', false, false",
        "'', false, false"
    })
    void aStrongTag(String field, boolean weakly, boolean strongly) {
        EntityTag tag = new EntityTag("a", false);
        assertEquals(weakly, tag.isIn(List.of(field), false));
        assertEquals(strongly, tag.isIn(List.of(field), true));
    }

    @Test
    void aWeakTagNeverMatchesStrongly() {
        EntityTag tag = new EntityTag("a", true);
        assertEquals("W/\"a\"", tag.toString());
        assertEquals(true, tag.isIn(List.of("\"b\"", "\"a\""), false));
        assertEquals(false, tag.isIn(List.of("\"a\"", "W/\"a\""), true));
    }

    @Test
    void ofBytes() {
        assertEquals(
                "\"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"",
                EntityTag.of(new byte[] {'a', 'b', 'c'}).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\"", "a b", "a\r\n", "ä"})
    void whatNoHeaderCanCarry(String opaque) {
        assertThrows(IllegalArgumentException.class, () -> new EntityTag(opaque, false));
    }
}
