package io.slipway.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class EntryTest {

    private static final Key KEY = Key.of("e", "key");

    @Test
    void bytesAreCopiedInAndOut() {
        byte[] bytes = {1, 2};
        Entry entry = new Entry(KEY, bytes, 1);
        bytes[0] = 9;
        entry.bytes()[1] = 9;
        assertArrayEquals(new byte[] {1, 2}, entry.bytes());
    }

    @Test
    void equalityIsOfKeyBytesAndRevision() {
        Entry entry = new Entry(KEY, new byte[] {1}, 1);
        assertEquals(entry, new Entry(KEY, new byte[] {1}, 1));
        assertEquals(entry.hashCode(), new Entry(KEY, new byte[] {1}, 1).hashCode());
        assertNotEquals(entry, new Entry(KEY, new byte[] {2}, 1));
        assertNotEquals(entry, new Entry(KEY, new byte[] {1}, 2));
        assertNotEquals(entry, new Entry(Key.of("e", "other"), new byte[] {1}, 1));
    }
}
