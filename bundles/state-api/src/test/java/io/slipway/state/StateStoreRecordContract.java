package io.slipway.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link StateStore} does with records: the first half of {@link StateStoreContract}. */
@Timeout(60)
public abstract class StateStoreRecordContract {

    protected static final Key KEY = Key.of("contract", "key");

    @TempDir
    protected Path folder;

    protected StateStore store;

    /**
     * Opens a store.
     *
     * @param folder one a test: opened again after a close, the store has the records it had
     */
    protected abstract StateStore open(Path folder) throws Exception;

    /** Closes a store in order. */
    protected abstract void close(StateStore store) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(folder);
    }

    @AfterEach
    void closeStore() throws Exception {
        close(store);
    }

    protected final void reopen() throws Exception {
        close(store);
        store = open(folder);
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static boolean await(CompletionStage<Boolean> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    protected final boolean commit(Transaction transaction) throws Exception {
        return await(store.commit(transaction));
    }

    protected final boolean put(Key key, String text) throws Exception {
        return commit(Transaction.put(key, bytes(text)));
    }

    /** The text of a record; "-" when there is none. */
    protected final String text(Key key) throws Exception {
        return store.get(key)
                .map(entry -> new String(entry.bytes(), StandardCharsets.UTF_8))
                .orElse("-");
    }

    protected final List<String> paths(Key prefix) throws Exception {
        try (Snapshot snapshot = store.scan(prefix)) {
            List<String> paths = new ArrayList<>();
            snapshot.forEach(entry -> paths.add(entry.key().path()));
            return paths;
        }
    }

    @Test
    void anUnknownKeyHasNoRecord() throws Exception {
        assertEquals(Optional.empty(), store.get(KEY));
    }

    @Test
    void whatWasCommittedIsThere() throws Exception {
        assertTrue(put(KEY, "one"));
        Entry entry = store.get(KEY).orElseThrow();
        assertEquals(KEY, entry.key());
        assertArrayEquals(bytes("one"), entry.bytes());
        assertTrue(entry.revision() >= 1);
    }

    @Test
    void everyWriteRaisesTheRevision() throws Exception {
        put(KEY, "one");
        long first = store.get(KEY).orElseThrow().revision();
        put(KEY, "one");
        assertTrue(store.get(KEY).orElseThrow().revision() > first);
    }

    @Test
    void writesOfOneTransactionShareARevision() throws Exception {
        commit(Transaction.builder()
                .write(KEY, bytes("a"))
                .write(KEY.child("b"), bytes("b"))
                .build());
        assertEquals(
                store.get(KEY).orElseThrow().revision(),
                store.get(KEY.child("b")).orElseThrow().revision());
    }

    @Test
    void aDeletedRecordIsGone() throws Exception {
        put(KEY, "one");
        assertTrue(commit(Transaction.builder().delete(KEY).build()));
        assertEquals("-", text(KEY));
        assertTrue(commit(Transaction.builder().delete(KEY).build()), "deleting what is not there is no failure");
    }

    @Test
    void anEmptyValueIsARecord() throws Exception {
        put(KEY, "");
        assertEquals("", text(KEY));
        assertEquals(List.of(KEY.path()), paths(KEY));
    }

    @Test
    void absentHoldsOnlyWithoutARecord() throws Exception {
        assertTrue(commit(
                Transaction.builder().ifAbsent(KEY).write(KEY, bytes("one")).build()));
        assertFalse(commit(
                Transaction.builder().ifAbsent(KEY).write(KEY, bytes("two")).build()));
        assertEquals("one", text(KEY));
    }

    @Test
    void atRevisionHoldsOnlyForTheLastWrite() throws Exception {
        assertFalse(commit(Transaction.builder()
                .ifAtRevision(KEY, 1)
                .write(KEY, bytes("none"))
                .build()));
        put(KEY, "one");
        long first = store.get(KEY).orElseThrow().revision();
        assertTrue(commit(Transaction.builder()
                .ifAtRevision(KEY, first)
                .write(KEY, bytes("two"))
                .build()));
        assertFalse(commit(Transaction.builder()
                .ifAtRevision(KEY, first)
                .write(KEY, bytes("three"))
                .build()));
        assertEquals("two", text(KEY));
    }

    @Test
    void oneConditionThatFailsStopsAllWrites() throws Exception {
        put(KEY, "one");
        assertFalse(commit(Transaction.builder()
                .ifAbsent(KEY.child("free"))
                .ifAbsent(KEY)
                .write(KEY.child("free"), bytes("x"))
                .delete(KEY)
                .build()));
        assertEquals("one", text(KEY));
        assertEquals("-", text(KEY.child("free")));
    }

    @Test
    void conditionsMayStandWithoutWrites() throws Exception {
        assertTrue(commit(Transaction.builder().ifAbsent(KEY).build()));
        put(KEY, "one");
        assertFalse(commit(Transaction.builder().ifAbsent(KEY).build()));
    }

    @Test
    void transactionsApplyInTheOrderOfTheCalls() throws Exception {
        List<CompletionStage<Boolean>> stages = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            stages.add(store.commit(Transaction.put(KEY, bytes("" + i))));
            stages.add(store.commit(Transaction.builder()
                    .ifAbsent(KEY)
                    .write(KEY, bytes("never"))
                    .build()));
        }
        for (int i = 0; i < stages.size(); i++) {
            assertEquals(i % 2 == 0, await(stages.get(i)), "transaction " + i);
        }
        assertEquals("299", text(KEY));
    }

    @Test
    void theLargestTransactionFits() throws Exception {
        Key deep = new Key("k".repeat(Key.MAX_LENGTH - 4));
        Transaction.Builder builder = Transaction.builder();
        for (int i = 0; i < Transaction.MAX_WRITES; i++) {
            builder.write(deep.child("%03d".formatted(i)), new byte[Transaction.MAX_VALUE]);
        }
        assertTrue(commit(builder.build()));
        reopen();
        assertEquals(Transaction.MAX_WRITES, paths(deep).size());
        assertEquals(
                Transaction.MAX_VALUE,
                store.get(deep.child("063")).orElseThrow().bytes().length);
    }

    @Test
    void aScanShowsWhatLiesUnderThePrefixInKeyOrder() throws Exception {
        for (String path : List.of("a/b/d", "a/bc", "a/b", "a/b-c/x", "a/b/c/e", "a/b/c", "a", "a/b/!", "a/b/~")) {
            put(new Key(path), "x");
        }
        assertEquals(List.of("a/b", "a/b/!", "a/b/c", "a/b/c/e", "a/b/d", "a/b/~"), paths(Key.of("a", "b")));
        assertEquals(List.of(), paths(Key.of("a", "b", "nothing")));
        Key longest = new Key("l".repeat(Key.MAX_LENGTH));
        put(longest, "x");
        assertEquals(List.of(longest.path()), paths(longest));
    }

    @Test
    void aSnapshotDoesNotChange() throws Exception {
        put(KEY, "one");
        try (Snapshot snapshot = store.scan(KEY)) {
            put(KEY, "two");
            put(KEY.child("more"), "x");
            List<Entry> entries = new ArrayList<>();
            snapshot.forEach(entries::add);
            assertEquals(1, entries.size());
            assertArrayEquals(bytes("one"), entries.get(0).bytes());
            assertEquals(entries.get(0).revision(), snapshot.revision());
        }
    }

    @Test
    void recordsAndRevisionsOutliveTheStore() throws Exception {
        put(KEY, "one");
        put(KEY.child("gone"), "x");
        commit(Transaction.builder().delete(KEY.child("gone")).build());
        Entry before = store.get(KEY).orElseThrow();
        long revision = store.scan(KEY).revision();

        reopen();
        assertEquals(Optional.of(before), store.get(KEY));
        assertEquals(List.of(KEY.path()), paths(KEY));
        assertTrue(store.scan(KEY).revision() >= revision);
        assertTrue(commit(Transaction.builder()
                .ifAtRevision(KEY, before.revision())
                .write(KEY, bytes("two"))
                .build()));
        assertTrue(store.get(KEY).orElseThrow().revision() > revision, "revisions are never used twice");
    }

    @Test
    void ofManyWhoWantTheSameOnlyOneGetsIt() throws Exception {
        int threads = 8;
        List<CompletableFuture<Integer>> counts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            counts.add(CompletableFuture.supplyAsync(this::takeAllFree, task -> new Thread(task).start()));
        }
        int taken = 0;
        for (CompletableFuture<Integer> count : counts) {
            taken += count.get(30, TimeUnit.SECONDS);
        }
        assertEquals(50, taken);
    }

    private int takeAllFree() {
        int taken = 0;
        for (int i = 0; i < 50; i++) {
            Key wanted = KEY.child("" + i);
            taken += store.commit(Transaction.builder()
                                    .ifAbsent(wanted)
                                    .write(wanted, bytes("mine"))
                                    .build())
                            .toCompletableFuture()
                            .join()
                    ? 1
                    : 0;
        }
        return taken;
    }

    @Test
    void noReaderSeesHalfATransaction() throws Exception {
        Key left = KEY.child("left");
        Key right = KEY.child("right");
        List<CompletionStage<Boolean>> stages = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            byte[] value = bytes("" + i);
            stages.add(store.commit(
                    Transaction.builder().write(left, value).write(right, value).build()));
            List<String> seen = new ArrayList<>();
            try (Snapshot snapshot = store.scan(KEY)) {
                snapshot.forEach(entry -> seen.add(new String(entry.bytes(), StandardCharsets.UTF_8)));
            }
            assertTrue(seen.isEmpty() || (seen.size() == 2 && seen.get(0).equals(seen.get(1))), seen::toString);
        }
        for (CompletionStage<Boolean> stage : stages) {
            assertTrue(await(stage));
        }
    }
}
