package io.slipway.wiretests;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store whose disk is memory, and whose writes are durable at once. */
final class MemoryState implements StateStore {

    private final Map<Key, byte[]> records = new ConcurrentSkipListMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    @Override
    public synchronized CompletionStage<Boolean> commit(Transaction transaction) {
        for (Transaction.Write write : transaction.writes()) {
            write.value().ifPresentOrElse(bytes -> records.put(write.key(), bytes), () -> records.remove(write.key()));
        }
        watchers.forEach(watcher -> watcher.changed(1, transaction.writes()));
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public Optional<Entry> get(Key key) {
        return Optional.ofNullable(records.get(key)).map(bytes -> new Entry(key, bytes, 1));
    }

    @Override
    public Snapshot scan(Key prefix) {
        List<Entry> entries = records.entrySet().stream()
                .filter(entry -> entry.getKey().isUnder(prefix))
                .map(entry -> new Entry(entry.getKey(), entry.getValue(), 1))
                .toList();
        return new Snapshot() {
            @Override
            public long revision() {
                return 1;
            }

            @Override
            public void close() {
                // Holds nothing.
            }

            @Override
            public Iterator<Entry> iterator() {
                return entries.iterator();
            }
        };
    }

    @Override
    public Registration watch(Key prefix, long fromRevision, Watcher watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }
}
