package io.slipway.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.slipway.state.RecordingWatcher.Told;
import io.slipway.state.Transaction.Write;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link StateStore} does: a plugin extends this. Here is what watchers are told; records are inherited. */
public abstract class StateStoreContract extends StateStoreRecordContract {

    private static final Key END = KEY.child("end");

    private final RecordingWatcher watcher = new RecordingWatcher();

    private long now() throws IOException {
        try (Snapshot snapshot = store.scan(KEY)) {
            return snapshot.revision();
        }
    }

    @Test
    void changesAreToldInOrder() throws Exception {
        store.watch(KEY, now(), watcher);
        for (int i = 0; i < 500; i++) {
            store.commit(Transaction.put(KEY.child("" + i), bytes("" + i)));
        }
        for (int i = 0; i < 500; i++) {
            Write write = watcher.nextWrite();
            assertEquals(KEY.child("" + i), write.key());
            assertArrayEquals(bytes("" + i), write.value().orElseThrow());
        }
    }

    @Test
    void oneTransactionIsOneCallWithItsRevision() throws Exception {
        store.watch(KEY, now(), watcher);
        commit(Transaction.builder()
                .write(KEY.child("a"), bytes("a"))
                .write(Key.of("elsewhere"), bytes("x"))
                .delete(KEY.child("b"))
                .build());
        Told told = watcher.next();
        List<Write> writes = told.writes().orElseThrow();
        assertEquals(
                List.of(KEY.child("a"), KEY.child("b")),
                writes.stream().map(Write::key).toList());
        assertTrue(writes.get(1).value().isEmpty());
        assertEquals(store.get(KEY.child("a")).orElseThrow().revision(), told.revision());
    }

    @Test
    void whatIsNotUnderThePrefixOrDidNotHappenIsNotTold() throws Exception {
        store.watch(KEY, now(), watcher);
        put(Key.of("contract", "keys"), "x");
        put(Key.of("contract"), "x");
        commit(Transaction.builder()
                .ifAtRevision(KEY, 1_000_000)
                .write(KEY, bytes("x"))
                .build());
        put(END, "x");
        assertEquals(END, watcher.nextWrite().key());
    }

    @Test
    void whatIsToldCanBeRead() throws Exception {
        BlockingQueue<Optional<Entry>> read = new LinkedBlockingQueue<>();
        store.watch(KEY, now(), new Watcher() {
            @Override
            public void changed(long revision, List<Write> writes) {
                try {
                    read.add(store.get(writes.get(0).key()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public void lost() {
                read.add(Optional.empty());
            }
        });
        put(KEY, "one");
        assertArrayEquals(
                bytes("one"), read.poll(10, TimeUnit.SECONDS).orElseThrow().bytes());
    }

    @Test
    void aWatchFromASnapshotMissesNothing() throws Exception {
        Map<Key, String> followed = new HashMap<>();
        CompletionStage<Boolean> last = null;
        for (int i = 0; i < 1000; i++) {
            last = store.commit(Transaction.put(KEY.child("" + i % 7), bytes("" + i)));
            if (i == 300) {
                try (Snapshot snapshot = store.scan(KEY)) {
                    snapshot.forEach(
                            entry -> followed.put(entry.key(), new String(entry.bytes(), StandardCharsets.UTF_8)));
                    store.watch(KEY, snapshot.revision(), watcher);
                }
            }
        }
        assertTrue(await(last));
        put(END, "x");
        for (Write write = watcher.nextWrite(); !write.key().equals(END); write = watcher.nextWrite()) {
            followed.put(write.key(), new String(write.value().orElseThrow(), StandardCharsets.UTF_8));
        }
        for (int i = 0; i < 7; i++) {
            assertEquals(text(KEY.child("" + i)), followed.get(KEY.child("" + i)));
        }
    }

    @Test
    void aClosedWatchIsToldNothingMore() throws Exception {
        RecordingWatcher closed = new RecordingWatcher();
        Registration registration = store.watch(KEY, now(), closed);
        store.watch(KEY, now(), watcher);
        put(KEY.child("first"), "x");
        assertEquals(KEY.child("first"), closed.nextWrite().key());
        assertEquals(KEY.child("first"), watcher.nextWrite().key());
        registration.close();
        registration.close();
        put(KEY.child("second"), "x");
        assertEquals(KEY.child("second"), watcher.nextWrite().key());
        store.watch(KEY, now(), closed);
        put(END, "x");
        assertEquals(END, closed.nextWrite().key());
    }

    @Test
    void aWatcherThatThrowsIsDroppedAndTheOthersGoOn() throws Exception {
        RecordingWatcher dropped = new RecordingWatcher();
        store.watch(KEY, now(), new Watcher() {
            @Override
            public void changed(long revision, List<Write> writes) {
                throw new IllegalStateException("thrown by the test");
            }

            @Override
            public void lost() {
                dropped.lost();
            }
        });
        store.watch(KEY, now(), watcher);
        put(KEY, "one");
        assertTrue(dropped.next().isLost());
        put(END, "x");
        assertEquals(KEY, watcher.nextWrite().key());
        assertEquals(END, watcher.nextWrite().key());
    }

    @Test
    void changesBeforeARestartAreToldOrDeclaredLost() throws Exception {
        long before = now();
        put(KEY, "one");
        reopen();
        store.watch(KEY, before, watcher);
        Told told = watcher.next();
        assertTrue(told.isLost() || told.writes().orElseThrow().get(0).key().equals(KEY));
    }

    @Test
    void aWatcherThatLostChangesMayBeginAgainAtOnce() throws Exception {
        long before = now();
        put(KEY, "one");
        reopen();
        store.watch(KEY, before, new Watcher() {
            @Override
            public void changed(long revision, List<Write> writes) {
                watcher.changed(revision, writes);
            }

            @Override
            public void lost() {
                try (Snapshot snapshot = store.scan(KEY)) {
                    snapshot.forEach(entry -> watcher.changed(
                            entry.revision(), List.of(new Write(entry.key(), Optional.of(entry.bytes())))));
                    store.watch(KEY, snapshot.revision(), watcher);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        assertEquals(KEY, watcher.nextWrite().key());
        put(END, "x");
        assertEquals(END, watcher.nextWrite().key());
    }
}
