package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Key;
import io.slipway.state.Transaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentChangesTest {

    private final RecentChanges recent = new RecentChanges(100);

    private void add(long revision, int bytes) {
        recent.add(new Change(
                revision, Transaction.put(Key.of("recent"), new byte[bytes]).writes()));
    }

    private List<Long> revisions(long after, int most) {
        return recent.after(after, most).orElseThrow().stream()
                .map(Change::revision)
                .toList();
    }

    @Test
    void whatHappenedBeforeTheStartIsNotKnown() {
        recent.startAt(40);
        assertTrue(recent.after(39, 10).isEmpty());
        assertEquals(List.of(), revisions(40, 10));
        add(41, 1);
        assertEquals(List.of(41L), revisions(40, 10));
        assertTrue(recent.after(42, 10).isEmpty(), "not happened yet");
    }

    @Test
    void theNumberIsBounded() {
        for (int revision = 1; revision <= 250; revision++) {
            add(revision, 1);
        }
        assertTrue(recent.after(149, 10).isEmpty());
        assertEquals(List.of(151L, 152L), revisions(150, 2));
        assertEquals(List.of(250L), revisions(249, 10));
    }

    @Test
    void theBytesAreBounded() {
        for (int revision = 1; revision <= 200; revision++) {
            add(revision, Transaction.MAX_VALUE);
        }
        // 8 MiB hold 127 values of 64 KiB with their keys; the number bounds them to 100.
        assertEquals(100, revisions(100, 1000).size());
        Transaction.Builder large = Transaction.builder();
        for (int i = 0; i < Transaction.MAX_WRITES; i++) {
            large.write(Key.of("recent", "" + i), new byte[Transaction.MAX_VALUE]);
        }
        recent.add(new Change(201, large.build().writes()));
        recent.add(new Change(202, large.build().writes()));
        assertTrue(recent.after(200, 10).isEmpty(), "two of 4 MiB and their keys are too much");
        assertEquals(List.of(202L), revisions(201, 10));
    }
}
