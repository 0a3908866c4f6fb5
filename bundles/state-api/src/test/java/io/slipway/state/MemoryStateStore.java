package io.slipway.state;

import java.io.IOException;
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

/** A store in memory whose disk can be slow, broken, or gone. */
public final class MemoryStateStore implements StateStore {

    public enum Disk {
        WORKS,
        /** Nothing completes until {@link #completeAll}. */
        IS_SLOW,
        FAILS,
        REFUSES,
        IS_CLOSED
    }

    public final Map<Key, byte[]> records = new ConcurrentSkipListMap<>();
    private final Deque<CompletableFuture<Boolean>> pending = new ArrayDeque<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    public Disk disk = Disk.WORKS;
    /** Nobody is told of what changes. */
    public boolean isDeaf;

    @Override
    public synchronized CompletionStage<Boolean> commit(Transaction transaction) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        switch (disk) {
            case WORKS -> {
                apply(transaction);
                done.complete(true);
            }
            case IS_SLOW -> {
                apply(transaction);
                pending.add(done);
            }
            case FAILS -> done.completeExceptionally(new IOException("disk full"));
            case REFUSES -> done.complete(false);
            case IS_CLOSED -> throw new IllegalStateException("closed");
        }
        return done;
    }

    public synchronized void completeAll() {
        pending.forEach(done -> done.complete(true));
        pending.clear();
    }

    /** The write that waits longest could not be made durable after all. */
    public synchronized void failFirst() {
        pending.remove().completeExceptionally(new IOException("disk gone"));
    }

    private void apply(Transaction transaction) {
        for (Transaction.Write write : transaction.writes()) {
            write.value().ifPresentOrElse(bytes -> records.put(write.key(), bytes), () -> records.remove(write.key()));
        }
        if (!isDeaf) {
            watchers.forEach(watcher -> watcher.changed(1, transaction.writes()));
        }
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

    /** The watches end, and are told so. */
    public void tellLost() {
        List<Watcher> ended = List.copyOf(watchers);
        watchers.clear();
        ended.forEach(Watcher::lost);
    }
}
