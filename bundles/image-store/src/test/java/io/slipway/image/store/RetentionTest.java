package io.slipway.image.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.slipway.image.Digest;
import io.slipway.image.TagMove;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Digest A = new Digest("a".repeat(64));
    private static final Digest B = new Digest("b".repeat(64));
    private static final Digest C = new Digest("c".repeat(64));

    private static final Retention TWO_OR_A_DAY = new Retention(2, Duration.ofDays(1));

    @Test
    void keepsTheLastVersionsHoweverOld() {
        assertEquals(Set.of(C, B), kept(moved(100, C), moved(200, B), moved(300, A)));
    }

    @Test
    void aVersionThatCameBackCountsOnce() {
        assertEquals(Set.of(A, B), kept(moved(100, A), moved(200, B), moved(300, A), moved(400, C)));
    }

    @Test
    void keepsWhatATagHasLeftLately() {
        assertEquals(Set.of(C, B, A), kept(moved(2, C), moved(3, B), moved(300, A)));
        assertEquals(Set.of(C, B), kept(moved(2, C), moved(25, B), moved(300, A)));
    }

    @Test
    void ofARemovedTagOnlyTheTimeCounts() {
        assertEquals(Set.of(B), kept(removed(2), moved(50, B), moved(300, A)));
        assertEquals(Set.of(), kept(removed(25), moved(50, B), moved(300, A)));
    }

    @Test
    void aTagThatWasNeverMovedKeepsItsImage() {
        assertEquals(Set.of(A), kept(moved(1000, A)));
        assertEquals(Set.of(), kept());
    }

    private static Set<Digest> kept(TagMove... moves) {
        return Set.copyOf(TWO_OR_A_DAY.kept(List.of(moves), NOW));
    }

    private static TagMove moved(int hoursAgo, Digest manifest) {
        return new TagMove(NOW.minus(Duration.ofHours(hoursAgo)), Optional.of(manifest));
    }

    private static TagMove removed(int hoursAgo) {
        return new TagMove(NOW.minus(Duration.ofHours(hoursAgo)), Optional.empty());
    }
}
