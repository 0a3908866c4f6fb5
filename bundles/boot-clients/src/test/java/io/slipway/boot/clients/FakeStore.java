package io.slipway.boot.clients;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that can break or hang. */
final class FakeStore implements StateStore {

    final Map<Key, byte[]> records = new ConcurrentSkipListMap<>();
    final AtomicInteger writes = new AtomicInteger();
    volatile boolean isBroken;
    volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    @Override
    public Optional<Entry> get(Key key) {
        return Optional.ofNullable(records.get(key)).map(bytes -> new Entry(key, bytes, 1));
    }

    @Override
    public Snapshot scan(Key prefix) throws IOException {
        if (isBroken) {
            throw new IOException("disk gone");
        }
        List<Entry> entries = records.entrySet().stream()
                .filter(record -> record.getKey().isUnder(prefix))
                .map(record -> new Entry(record.getKey(), record.getValue(), 1))
                .toList();
        return new Snapshot() {
            @Override
            public long revision() {
                return 1;
            }

            @Override
            public void close() {
                // Nothing is held.
            }

            @Override
            public Iterator<Entry> iterator() {
                return entries.iterator();
            }
        };
    }

    @Override
    public CompletionStage<Boolean> commit(Transaction transaction) {
        if (isBroken) {
            return CompletableFuture.failedFuture(new IOException("disk full"));
        }
        return gate.thenApply(open -> {
            for (Transaction.Write write : transaction.writes()) {
                writes.incrementAndGet();
                write.value()
                        .ifPresentOrElse(bytes -> records.put(write.key(), bytes), () -> records.remove(write.key()));
            }
            return true;
        });
    }

    @Override
    public Registration watch(Key prefix, long fromRevision, Watcher watcher) {
        throw new UnsupportedOperationException("not watched here");
    }
}
