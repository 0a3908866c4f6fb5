package io.slipway.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DigestSetTest {

    private final DigestSet set = new DigestSet();

    @Test
    void holdsWhatWasAddedAndNothingElse() {
        for (int i = 0; i < 20_000; i += 2) {
            assertTrue(set.add(digest(i)));
            assertFalse(set.add(digest(i)));
        }
        assertEquals(10_000, set.size());
        for (int i = 0; i < 20_000; i++) {
            assertEquals(i % 2 == 0, set.contains(digest(i)), "digest " + i);
        }
    }

    @Test
    void tellsDigestsApartThatBeginAlike() {
        Digest one = new Digest("0".repeat(64));
        Digest other = new Digest("0".repeat(30) + "20" + "0".repeat(32));
        assertFalse(set.contains(one));
        assertTrue(set.add(one));
        assertFalse(set.contains(other));
        assertTrue(set.add(other));
        assertTrue(set.contains(one));
        assertTrue(set.contains(other));
    }

    private static Digest digest(int number) {
        return Digest.ofContent(ByteBuffer.allocate(4).putInt(number).array());
    }
}
