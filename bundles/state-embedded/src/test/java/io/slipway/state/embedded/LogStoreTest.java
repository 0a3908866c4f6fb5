package io.slipway.state.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.Key;
import io.slipway.state.RecordingWatcher;
import io.slipway.state.Transaction;
import io.slipway.state.Transaction.Write;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The store's queue, its end, and watchers that do not keep up. */
@Timeout(60)
class LogStoreTest {

    private static final Key KEY = Key.of("store", "key");
    private static final int CAPACITY = 4;

    private final ForgetfulFolder folder = new ForgetfulFolder(new Random(1));
    private final CountDownLatch diskReached = new CountDownLatch(1);
    private final CountDownLatch diskAnswers = new CountDownLatch(1);
    private LogStore store;

    @BeforeEach
    void open() throws IOException {
        Limits limits =
                new Limits(CAPACITY, CAPACITY, 4096, 1 << 20, Duration.ZERO, Duration.ZERO, Duration.ofMillis(1600));
        store = LogStore.open(folder, limits);
    }

    @AfterEach
    void close() {
        diskAnswers.countDown();
        store.close();
    }

    /** The second group waits an hour, or until the store is closed. */
    @Test
    void whatComesSoonAfterAGroupIsForcedTogether() throws Exception {
        ForgetfulFolder slow = new ForgetfulFolder(new Random(2));
        Limits limits = new Limits(
                CAPACITY, CAPACITY, 4096, 1 << 20, Duration.ofHours(1), Duration.ZERO, Duration.ofMillis(1600));
        LogStore gathering = LogStore.open(slow, limits);
        assertTrue(await(gathering.commit(Transaction.put(KEY.child("first"), new byte[10]))));
        AtomicInteger writes = new AtomicInteger();
        slow.failWhen(operation -> operation.equals("write") && writes.incrementAndGet() < 0);
        List<CompletionStage<Boolean>> after = List.of(
                gathering.commit(Transaction.put(KEY.child("second"), new byte[10])),
                gathering.commit(Transaction.put(KEY.child("third"), new byte[10])));
        assertEquals(0, writes.get());
        gathering.close();
        for (CompletionStage<Boolean> stage : after) {
            assertTrue(await(stage));
        }
        assertEquals(1, writes.get());
    }

    private CompletionStage<Boolean> put(String name) {
        return store.commit(Transaction.put(KEY.child(name), new byte[10]));
    }

    private static boolean await(CompletionStage<Boolean> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static String failure(CompletionStage<Boolean> stage) {
        ExecutionException failed = assertThrows(ExecutionException.class, () -> await(stage));
        return assertInstanceOf(IOException.class, failed.getCause()).getMessage();
    }

    /** From now on the disk does not answer, until {@link #diskAnswers} says so; returns when it was asked. */
    private CompletionStage<Boolean> hang() throws InterruptedException {
        folder.failWhen(operation -> {
            diskReached.countDown();
            awaitUninterruptibly(diskAnswers);
            return false;
        });
        CompletionStage<Boolean> hanging = put("hanging");
        assertTrue(diskReached.await(10, TimeUnit.SECONDS));
        return hanging;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatDoesNotFitIntoTheQueueIsRefusedAtOnce() throws Exception {
        List<CompletionStage<Boolean>> accepted = new ArrayList<>(List.of(hang()));
        for (int i = 0; i < CAPACITY; i++) {
            accepted.add(put("" + i));
        }
        CompletionStage<Boolean> refused = put("refused");
        assertTrue(refused.toCompletableFuture().isCompletedExceptionally());
        assertEquals("commit queue is full: 4 transactions wait for the disk", failure(refused));
        diskAnswers.countDown();
        for (CompletionStage<Boolean> stage : accepted) {
            assertTrue(await(stage));
        }
        assertTrue(store.get(KEY.child("refused")).isEmpty());
        assertTrue(await(put("again")));
    }

    @Test
    void nothingIsSeenBeforeItIsDurable() throws Exception {
        CompletionStage<Boolean> hanging = hang();
        assertTrue(store.get(KEY.child("hanging")).isEmpty());
        assertFalse(hanging.toCompletableFuture().isDone());
        diskAnswers.countDown();
        assertTrue(await(hanging));
        assertTrue(store.get(KEY.child("hanging")).isPresent());
    }

    @Test
    void closingFinishesTheQueue() throws Exception {
        List<CompletionStage<Boolean>> stages = new ArrayList<>(List.of(hang(), put("a"), put("b")));
        Thread closing = new Thread(store::close);
        closing.start();
        while (closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        diskAnswers.countDown();
        closing.join();
        for (CompletionStage<Boolean> stage : stages) {
            assertTrue(await(stage));
        }
        LiveRecords recovered = new LiveRecords(16);
        LogRecovery.open(folder, Limits.DEFAULT, recovered);
        assertEquals(3, recovered.revision());
    }

    @Test
    void closingDoesNotWaitForADiskThatHangs() throws Exception {
        CompletionStage<Boolean> hanging = hang();
        CompletionStage<Boolean> queued = put("queued");
        store.close();
        assertEquals("transaction is not durable: the state store was closed before the disk had it", failure(queued));
        assertFalse(hanging.toCompletableFuture().isDone(), "nobody knows yet");
        diskAnswers.countDown();
        assertTrue(await(hanging));
    }

    @Test
    void aClosedStoreRefuses() {
        store.close();
        assertEquals("state store is closed", failure(put("late")));
        assertThrows(IOException.class, () -> store.get(KEY));
        assertThrows(IOException.class, () -> store.scan(KEY));
    }

    @Test
    void aDefectStopsTheStoreInsteadOfLosingAnswers() {
        AtomicBoolean thrown = new AtomicBoolean();
        folder.failWhen(operation -> {
            if (thrown.compareAndSet(false, true)) {
                throw new IllegalStateException("thrown by the test");
            }
            return false;
        });
        assertEquals("transaction is not durable: thrown by the test", failure(put("a")));
        assertEquals("state store is closed", failure(put("b")));
    }

    @Test
    void aWatcherThatIsTooSlowLosesAndTheOthersGoOn() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch slow = new CountDownLatch(1);
        RecordingWatcher recording = new RecordingWatcher();
        store.watch(KEY, 0, new Watcher() {
            @Override
            public void changed(long revision, List<Write> writes) {
                told.countDown();
                awaitUninterruptibly(slow);
            }

            @Override
            public void lost() {
                recording.lost();
            }
        });
        assertTrue(await(put("first")));
        assertTrue(told.await(10, TimeUnit.SECONDS));
        for (int i = 0; i <= CAPACITY; i++) {
            assertTrue(await(put("" + i)));
        }
        slow.countDown();
        assertTrue(recording.next().isLost());
        store.watch(KEY, store.scan(KEY).revision(), recording);
        assertTrue(await(put("end")));
        assertEquals(KEY.child("end"), recording.nextWrite().key());
    }

    @Test
    void onlyTheLastChangesAreTold() throws Exception {
        for (int i = 1; i <= 10; i++) {
            assertTrue(await(put("" + i)));
        }
        RecordingWatcher tooFarBack = new RecordingWatcher();
        store.watch(KEY, 10 - CAPACITY - 1, tooFarBack);
        assertTrue(tooFarBack.next().isLost());
        RecordingWatcher inTheFuture = new RecordingWatcher();
        store.watch(KEY, 11, inTheFuture);
        assertTrue(inTheFuture.next().isLost());
        RecordingWatcher watcher = new RecordingWatcher();
        store.watch(KEY, 10 - CAPACITY, watcher);
        for (int i = 10 - CAPACITY + 1; i <= 10; i++) {
            assertEquals(KEY.child("" + i), watcher.nextWrite().key());
        }
    }
}
