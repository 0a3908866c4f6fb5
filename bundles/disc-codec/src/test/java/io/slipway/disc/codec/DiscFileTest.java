package io.slipway.disc.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscFileTest {

    @Test
    void refusesExtentsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new DiscExtent(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> new DiscExtent(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new DiscExtent(2, Long.MAX_VALUE - 1));
        assertEquals(Long.MAX_VALUE, new DiscExtent(1, Long.MAX_VALUE - 1).end());
    }

    @Test
    void refusesASizeThatItsExtentsHaveNot() {
        List<DiscExtent> extents = List.of(new DiscExtent(0, 3), new DiscExtent(9, 4));
        assertEquals(7, new DiscFile("a", 7, Instant.EPOCH, extents).size());
        assertThrows(IllegalArgumentException.class, () -> new DiscFile("a", 8, Instant.EPOCH, extents));
        assertThrows(IllegalArgumentException.class, () -> new DiscFile("a", 1, Instant.EPOCH, List.of()));
    }

    @Test
    void keepsItsExtents() {
        List<DiscExtent> extents = new ArrayList<>(List.of(new DiscExtent(0, 3)));
        DiscFile file = new DiscFile("a", 3, Instant.EPOCH, extents);
        extents.clear();
        assertEquals(1, file.extents().size());
    }
}
