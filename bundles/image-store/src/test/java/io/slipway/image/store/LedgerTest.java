package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.TagMove;
import io.slipway.state.Key;
import io.slipway.state.MemoryStateStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final ImageRef REF = ImageRef.parse("team/debian-12:current");
    private static final TagMove A = new TagMove(NOON, Optional.of(new Digest("a".repeat(64))));
    private static final TagMove B = new TagMove(NOON.plusSeconds(1), Optional.of(new Digest("b".repeat(64))));
    private static final TagMove GONE = new TagMove(NOON.plusSeconds(2), Optional.empty());

    private final MemoryStateStore state = new MemoryStateStore();
    private final Ledger ledger = new Ledger(() -> Optional.of(state));

    @Test
    void tellsTheNewestFirst() throws IOException {
        assertEquals(List.of(), ledger.of(REF));
        ledger.add(REF, A);
        ledger.add(REF, B);
        ledger.add(REF, GONE);
        assertEquals(List.of(GONE, B, A), ledger.of(REF));
        assertEquals(Map.of(REF, List.of(GONE, B, A)), ledger.all());
        ledger.forget(REF);
        assertEquals(Map.of(), ledger.all());
    }

    @Test
    void keepsABoundedNumber() throws IOException {
        for (int i = 0; i < Ledger.MOST + 5; i++) {
            ledger.add(REF, new TagMove(NOON.plusSeconds(i), Optional.empty()));
        }
        assertEquals(Ledger.MOST, ledger.of(REF).size());
        assertEquals(NOON.plusSeconds(Ledger.MOST + 4), ledger.of(REF).get(0).time());
    }

    @Test
    void stepsThatDidNotHappenAreLeftOut() {
        assertEquals(List.of(A), Ledger.effective(List.of(B, A), A.manifest()));
        assertEquals(List.of(B, A), Ledger.effective(List.of(B, A), B.manifest()));
        assertEquals(List.of(GONE, A), Ledger.effective(List.of(B, GONE, A), Optional.empty()));
        TagMove neverDone = new TagMove(A.time(), Optional.empty());
        assertEquals(List.of(neverDone, A), Ledger.effective(List.of(A), Optional.empty()));
        assertEquals(List.of(), Ledger.effective(List.of(), Optional.empty()));
    }

    @Test
    void aTagThatSomebodyElseMovedIsToldWithoutATime() {
        TagMove theirs = new TagMove(Instant.EPOCH, B.manifest());
        assertEquals(List.of(theirs, A), Ledger.effective(List.of(A), B.manifest()));
    }

    @Test
    void pins() throws IOException {
        Digest pinned = A.manifest().orElseThrow();
        assertFalse(ledger.unpin(pinned));
        ledger.pin(pinned);
        ledger.pin(pinned);
        assertEquals(Set.of(pinned), ledger.pins());
        assertTrue(ledger.unpin(pinned));
        assertEquals(Set.of(), ledger.pins());
    }

    @Test
    void remembersTheLastInspection() throws IOException {
        assertEquals(Optional.empty(), ledger.inspected());
        ledger.inspected(NOON);
        assertEquals(Optional.of(NOON), ledger.inspected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday sha256:00", "2026-11-30T12:00:00Z", "2026-11-30T12:00:00Z sha256:00"})
    void namesARecordThatIsDamaged(String text) {
        state.records.put(Key.of("image", "history", "debian-12", "current"), text.getBytes(US_ASCII));
        String message = assertThrows(IOException.class, ledger::all).getMessage();
        assertTrue(message.contains("image/history/debian-12/current is damaged"), message);
    }

    @Test
    void failsWhenItCannotBeWritten() throws IOException {
        state.disk = MemoryStateStore.Disk.FAILS;
        String message =
                assertThrows(IOException.class, () -> ledger.add(REF, A)).getMessage();
        assertEquals("the history of tags cannot be written: disk full", message);
        Ledger without = new Ledger(Optional::empty);
        assertTrue(assertThrows(IOException.class, () -> without.pin(new Digest("a".repeat(64))))
                .getMessage()
                .contains("no state store is active"));
    }
}
