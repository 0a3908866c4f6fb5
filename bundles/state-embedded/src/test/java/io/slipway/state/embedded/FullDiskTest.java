package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Key;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A disk without space: what is kept for whom, and how it goes on when there is space again. */
class FullDiskTest {

    private static final int RESERVE = 8192;

    private final ForgetfulFolder folder = new ForgetfulFolder(new Random(1));
    private LiveRecords live;
    private StateLog log;
    private GroupCommit commit;

    @BeforeEach
    void open() throws IOException {
        open(Duration.ZERO);
    }

    private void open(Duration pause) throws IOException {
        live = new LiveRecords(16);
        Limits limits = new Limits(16, 16, RESERVE, 1 << 20, Duration.ZERO, pause, Duration.ofSeconds(2));
        log = LogRecovery.open(folder, limits, live);
        commit = new GroupCommit("test", log, live, () -> {});
    }

    private static Key key(int number) {
        return Key.of("full", "" + number);
    }

    private boolean put(int number) {
        Pending pending = new Pending(Transaction.put(key(number), new byte[100]));
        commit.run(List.of(pending));
        return !pending.outcome().isCompletedExceptionally();
    }

    /** How many records are made before one is refused. */
    private int fill(int from) {
        int made = 0;
        while (put(from + made)) {
            made++;
            assertTrue(made < 1000, "the disk is not full");
        }
        return made;
    }

    private void assertNothingAcknowledgedIsLost() throws IOException {
        LiveRecords recovered = new LiveRecords(16);
        ForgetfulFolder after = folder.afterPowerCut();
        after.capacity(Long.MAX_VALUE);
        LogRecovery.open(after, Limits.DEFAULT, recovered).close();
        assertEquals(Model.of(live), Model.of(recovered));
    }

    @Test
    void theLastSpaceIsKeptForWhatExists() throws IOException {
        folder.capacity(folder.used());
        int made = fill(0);
        assertTrue(made > 10, made + " records in half of the space");
        assertTrue(log.left() > RESERVE / 2 - 200, log.left() + " bytes are kept");
        int changed = 0;
        while (put(changed % made)) {
            changed++;
            assertFalse(put(5000 + changed), "a new record while the last space is used");
        }
        assertTrue(changed > 10, changed + " changes in what was kept");
        assertTrue(log.isTrusted());
        assertNothingAcknowledgedIsLost();
    }

    @Test
    void inOneGroupSomeAreRefusedAndTheOthersAreNot() {
        folder.capacity(folder.used());
        fill(0);
        Pending change = new Pending(Transaction.put(key(0), new byte[1]));
        Pending fresh = new Pending(Transaction.put(key(7000), new byte[1]));
        Pending gone = new Pending(Transaction.builder().delete(key(1)).build());
        commit.run(List.of(fresh, change, gone));
        assertTrue(fresh.outcome().isCompletedExceptionally());
        assertEquals(1, live.get(key(0)).orElseThrow().length());
        assertTrue(change.outcome().join() && gone.outcome().join());
        assertTrue(live.get(key(1)).isEmpty() && live.get(key(7000)).isEmpty());
    }

    @Test
    void itGoesOnByItselfWhenThereIsSpaceAgain() throws IOException {
        folder.capacity(folder.used());
        int made = fill(0);
        for (int i = 0; put(i % made); i++) {
            assertTrue(i < 1000);
        }
        folder.capacity(Long.MAX_VALUE);
        assertTrue(put(0));
        assertTrue(put(8000));
        assertTrue(log.left() > RESERVE / 2);
        assertNothingAcknowledgedIsLost();
    }

    @Test
    void aFullDiskIsNotTriedForEveryGroup() throws IOException {
        log.close();
        open(Duration.ofHours(1));
        AtomicInteger writes = new AtomicInteger();
        folder.failWhen(operation -> operation.equals("write") && writes.incrementAndGet() > 0);
        assertFalse(put(0));
        int tried = writes.get();
        for (int i = 0; i < 10; i++) {
            assertFalse(put(0));
        }
        assertEquals(tried, writes.get());
    }

    @Test
    void aNearlyFullDiskIsUsedToItsEnd() {
        folder.capacity(folder.used() + RESERVE / 4);
        int more = fill(0);
        folder.capacity(folder.used() + RESERVE / 4);
        assertTrue(fill(more) > 10, "a quarter of what is taken at a time, and still some records");
    }
}
