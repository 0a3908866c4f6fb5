package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Key;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Disks that fail: what is said, what is seen, and how it goes on. */
class FailingDiskTest {

    private static final Key KEY = Key.of("disk", "key");
    private static final Key LATER = Key.of("disk", "later");

    private final ForgetfulFolder folder = new ForgetfulFolder(new Random(1));
    private LiveRecords live;
    private StateLog log;
    private GroupCommit commit;

    @BeforeEach
    void open() throws IOException {
        open(Duration.ZERO);
    }

    private void open(Duration repairPause) throws IOException {
        live = new LiveRecords(16);
        log = LogRecovery.open(
                folder, new Limits(16, 16, 4096, 5_000, Duration.ZERO, repairPause, Duration.ofSeconds(2)), live);
        commit = new GroupCommit("test", log, live, () -> {});
    }

    private boolean commit(Transaction transaction) {
        Pending pending = new Pending(transaction);
        commit.run(List.of(pending));
        return pending.outcome().join();
    }

    private boolean put(Key key, int bytes) {
        return commit(Transaction.put(key, new byte[bytes]));
    }

    private void assertFails(Key key, String reason) {
        CompletionException failure = assertThrows(CompletionException.class, () -> put(key, 10));
        assertInstanceOf(IOException.class, failure.getCause());
        assertTrue(
                failure.getCause().getMessage().contains(reason),
                failure.getCause().getMessage());
    }

    /** Distinguishes one log file from the next. */
    private byte[] header() {
        return Arrays.copyOf(folder.content(StateLog.NAME), LogFormat.FILE_HEADER);
    }

    @Test
    void aFailedWriteIsUndoneAndTheLogGoesOn() throws IOException {
        byte[] before = header();
        folder.failWhen("write"::equals);
        assertFails(KEY, "write fails");
        assertTrue(live.get(KEY).isEmpty());
        folder.failWhen(operation -> false);
        assertTrue(put(LATER, 10));
        assertEquals(Arrays.toString(before), Arrays.toString(header()), "the same file");
        assertEquals(1, live.get(LATER).orElseThrow().revision());
    }

    @Test
    void whatFailedDoesNotComeBackAfterAPowerCut() throws IOException {
        AtomicInteger forces = new AtomicInteger();
        folder.failWhen(operation -> operation.equals("force") && forces.getAndIncrement() == 0);
        assertFails(KEY, "force fails");
        LiveRecords recovered = new LiveRecords(16);
        LogRecovery.open(folder.afterKill(), Limits.DEFAULT, recovered).close();
        assertTrue(recovered.get(KEY).isEmpty());
    }

    @Test
    void afterAFailedForceTheFileIsNotTrusted() throws IOException {
        assertTrue(put(KEY, 10));
        byte[] before = header();
        AtomicInteger forces = new AtomicInteger();
        folder.failWhen(operation -> operation.equals("force") && forces.getAndIncrement() == 0);
        assertFails(LATER, "force fails");
        assertTrue(put(LATER, 10));
        assertNotEquals(Arrays.toString(before), Arrays.toString(header()), "a new file");

        LiveRecords recovered = new LiveRecords(16);
        LogRecovery.open(folder.afterPowerCut(), Limits.DEFAULT, recovered).close();
        assertEquals(Model.of(live), Model.of(recovered));
    }

    @Test
    void nothingIsAcknowledgedUntilTheNewFileIsInItsPlace() throws IOException {
        folder.failWhen("force"::equals);
        assertFails(KEY, "force fails");
        for (String operation : List.of("create", "write", "force", "rename", "force-folder")) {
            folder.failWhen(operation::equals);
            assertFails(KEY, operation + " fails");
            assertTrue(live.get(KEY).isEmpty());
        }
        folder.failWhen(operation -> false);
        assertTrue(put(KEY, 10));
        log.close();
        LiveRecords recovered = new LiveRecords(16);
        LogRecovery.open(folder, Limits.DEFAULT, recovered);
        assertEquals(Model.of(live), Model.of(recovered));
    }

    @Test
    void aBrokenDiskIsNotTriedForEveryGroup() throws IOException {
        log.close();
        open(Duration.ofHours(1));
        assertTrue(put(KEY, 10));
        folder.failWhen("force"::equals);
        assertFails(KEY, "force fails");
        AtomicInteger creates = new AtomicInteger();
        folder.failWhen(operation -> {
            creates.addAndGet(operation.equals("create") ? 1 : 0);
            return true;
        });
        for (int i = 0; i < 10; i++) {
            assertFails(KEY, "fails");
        }
        assertEquals(1, creates.get());
    }

    @Test
    void answersThatRestOnAFailedGroupFailToo() {
        folder.failWhen("force"::equals);
        Pending write = new Pending(Transaction.put(KEY, new byte[1]));
        Pending refused = new Pending(Transaction.builder().ifAbsent(KEY).build());
        commit.run(List.of(write, refused));
        assertTrue(write.outcome().isCompletedExceptionally());
        assertTrue(refused.outcome().isCompletedExceptionally(), "its 'false' rests on a write that did not happen");
    }

    @Test
    void whatWritesNothingNeedsNoDisk() {
        folder.failWhen(operation -> true);
        assertTrue(commit(Transaction.builder().ifAbsent(KEY).build()));
    }

    @Test
    void historyThatCannotBeDroppedDoesNotStopCommits() throws IOException {
        folder.failWhen("create"::equals);
        for (int i = 0; i < 20; i++) {
            assertTrue(put(KEY, 1000));
        }
        assertTrue(folder.content(StateLog.NAME).length > 20_000);
        folder.failWhen(operation -> false);
        assertTrue(put(KEY, 1000));
        assertTrue(folder.content(StateLog.NAME).length < 10_000);
    }

    @Test
    void aStoreThatCannotBeRewrittenAtTheStartCanBeRead() throws IOException {
        assertTrue(put(KEY, 10));
        folder.failWhen("create"::equals);
        LiveRecords recovered = new LiveRecords(16);
        StateLog opened = LogRecovery.open(folder, Limits.DEFAULT, recovered);
        assertEquals(Model.of(live), Model.of(recovered));
        assertFalse(opened.isWorthRewriting(0));
    }

    @Test
    void aFolderWithoutALogThatCannotBeWrittenIsRefused() {
        ForgetfulFolder empty = new ForgetfulFolder(new Random(2));
        empty.failWhen("write"::equals);
        assertThrows(IOException.class, () -> LogRecovery.open(empty, Limits.DEFAULT, new LiveRecords(16)));
    }
}
