package io.slipway.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final Changes changes = new Changes();

    @Test
    void aMoveCountsWhenItIsOver() throws IOException {
        changes.tag(() -> assertEquals(0, changes.moves()));
        assertEquals(1, changes.moves());
        assertThrows(
                IOException.class,
                () -> changes.tag(() -> {
                    throw new IOException("half done");
                }));
        assertEquals(2, changes.moves());
    }

    @Test
    void tellsTheOldestImportUnderWay() throws IOException {
        changes.storing(NOON, () -> {
            changes.storing(NOON.plusSeconds(5), () -> {
                assertEquals(NOON, changes.oldest(NOON.plusSeconds(9)));
                assertEquals(NOON.minusSeconds(1), changes.oldest(NOON.minusSeconds(1)));
                return "";
            });
            return "";
        });
        assertEquals(NOON.plusSeconds(9), changes.oldest(NOON.plusSeconds(9)));
    }
}
