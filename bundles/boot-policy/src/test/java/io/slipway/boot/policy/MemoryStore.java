package io.slipway.boot.policy;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store in memory that several can share as nodes do, that can hold its commits back, and that can break. */
public final class MemoryStore implements StateStore {

    final Map<Key, byte[]> records = new ConcurrentSkipListMap<>();
    final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Deque<Runnable> held = new ArrayDeque<>();
    boolean isBroken;
    boolean isHolding;
    private long revision = 1;

    /** Applies what was held back, in order. */
    void release() {
        isHolding = false;
        while (!held.isEmpty()) {
            held.poll().run();
        }
    }

    /** Writes as another node does. */
    void write(String name, String text) {
        commit(Transaction.put(MachineRecord.key(name), text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<Entry> get(Key key) throws IOException {
        requireWhole();
        return Optional.ofNullable(records.get(key)).map(bytes -> new Entry(key, bytes, revision));
    }

    private void requireWhole() throws IOException {
        if (isBroken) {
            throw new IOException("disk gone");
        }
    }

    @Override
    public Snapshot scan(Key prefix) throws IOException {
        requireWhole();
        Iterator<Entry> entries = records.entrySet().stream()
                .filter(record -> record.getKey().isUnder(prefix))
                .map(record -> new Entry(record.getKey(), record.getValue(), revision))
                .iterator();
        long now = revision;
        return new Snapshot() {
            @Override
            public long revision() {
                return now;
            }

            @Override
            public void close() {
                // Nothing is held.
            }

            @Override
            public Iterator<Entry> iterator() {
                return entries;
            }
        };
    }

    @Override
    public CompletionStage<Boolean> commit(Transaction transaction) {
        if (isBroken) {
            return CompletableFuture.failedFuture(new IOException("disk full"));
        }
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Runnable work = () -> {
            revision++;
            for (Transaction.Write write : transaction.writes()) {
                write.value()
                        .ifPresentOrElse(bytes -> records.put(write.key(), bytes), () -> records.remove(write.key()));
            }
            outcome.complete(true);
            watchers.forEach(watcher -> watcher.changed(revision, transaction.writes()));
        };
        if (isHolding) {
            held.add(work);
        } else {
            work.run();
        }
        return outcome;
    }

    @Override
    public Registration watch(Key prefix, long fromRevision, Watcher watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
