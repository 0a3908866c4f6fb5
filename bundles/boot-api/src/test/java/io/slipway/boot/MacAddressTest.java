package io.slipway.boot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"52:54:00:AB:cd:ef", "52-54-00-ab-cd-ef", "525400ABCDEF"})
    void readsTheFormsThatPeopleWrite(String text) {
        assertEquals("52:54:00:ab:cd:ef", MacAddress.parse(text).toString());
        assertEquals("52-54-00-ab-cd-ef", MacAddress.parse(text).dashed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "52:54:00:ab:cd", "52:54:00:ab:cd:ef:00", "52:54:00:ab:cd:eg", "525400abcde", " 525400abcdef"
            })
    void refusesWhatIsNone(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> MacAddress.parse(text))
                .getMessage();
        assertTrue(message.contains("'" + text + "'") && message.contains("52:54:00:12:34:56"), message);
    }

    @Test
    void octetsAndTextGoThereAndBack() {
        Random random = new Random(48);
        for (int i = 0; i < 1000; i++) {
            MacAddress mac = new MacAddress(random.nextLong() & 0xffff_ffff_ffffL);
            assertEquals(mac, MacAddress.of(mac.octets()));
            assertEquals(mac, MacAddress.parse(mac.toString()));
            assertEquals(mac, MacAddress.parse(mac.dashed()));
        }
        assertArrayEquals(
                new byte[] {(byte) 0xff, 0, 1, 2, 3, 4},
                MacAddress.parse("ff:00:01:02:03:04").octets());
    }

    @Test
    void hasFortyEightBits() {
        assertThrows(IllegalArgumentException.class, () -> new MacAddress(1L << 48));
        assertThrows(IllegalArgumentException.class, () -> new MacAddress(-1));
        assertThrows(IllegalArgumentException.class, () -> MacAddress.of(new byte[16]));
    }

    @Test
    void sortsByItsOctets() {
        assertTrue(MacAddress.parse("ff:00:00:00:00:00").compareTo(MacAddress.parse("00:00:00:00:00:01")) > 0);
    }
}
