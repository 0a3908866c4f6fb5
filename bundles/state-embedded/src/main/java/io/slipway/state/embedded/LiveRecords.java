package io.slipway.state.embedded;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Every durable record, in memory. Many threads read; only the thread that writes the log changes it. */
final class LiveRecords {

    private static final char AFTER_SLASH = '/' + 1;

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final NavigableMap<Key, Entry> records = new TreeMap<>();
    private final RecentChanges recent;
    private long revision;
    private long bytes;

    /** @param watchBacklog how many changes are kept for watchers */
    LiveRecords(int watchBacklog) {
        recent = new RecentChanges(watchBacklog);
    }

    /** One write of the log that is being read. Before the store is open. */
    void replay(long written, Key key, Optional<byte[]> value) {
        put(key, value.map(found -> new Entry(key, found, written)));
    }

    /** The log has been read up to this revision. Before the store is open. */
    void startAt(long recovered) {
        revision = recovered;
        recent.startAt(recovered);
    }

    /** Makes a durable group visible, all of it at once. */
    void publish(Group group) {
        lock.writeLock().lock();
        try {
            group.written().forEach(this::put);
            group.changes().forEach(recent::add);
            revision = group.revision();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(Key key, Optional<Entry> entry) {
        Entry before = entry.isPresent() ? records.put(key, entry.get()) : records.remove(key);
        bytes += entry.map(LiveRecords::sizeOf).orElse(0L) - (before == null ? 0 : sizeOf(before));
    }

    private static long sizeOf(Entry entry) {
        return FrameBuffer.sizeOf(entry.key(), entry.length());
    }

    Optional<Entry> get(Key key) {
        lock.readLock().lock();
        try {
            return Optional.ofNullable(records.get(key));
        } finally {
            lock.readLock().unlock();
        }
    }

    Snapshot scan(Key prefix) {
        lock.readLock().lock();
        try {
            List<Entry> found = new ArrayList<>();
            Optional.ofNullable(records.get(prefix)).ifPresent(found::add);
            found.addAll(below(prefix).values());
            return new CopiedSnapshot(revision, Collections.unmodifiableList(found));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The keys that begin with the prefix and a slash: in the order of the map they are one run. */
    private Map<Key, Entry> below(Key prefix) {
        if (prefix.path().length() + 2 > Key.MAX_LENGTH) {
            return Map.of();
        }
        // '!' is the first character that a segment can begin with.
        return records.subMap(prefix.child("!"), true, new Key(prefix.path() + AFTER_SLASH), false);
    }

    Optional<List<Change>> changesAfter(long known, int most) {
        lock.readLock().lock();
        try {
            return recent.after(known, most);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** All records, for the thread that writes the log. */
    Iterable<Entry> all() {
        return records.values();
    }

    /** The revision of the last group. For the thread that writes the log; others see it in snapshots. */
    long revision() {
        return revision;
    }

    /** What all records would take in a fresh log. For the thread that writes the log. */
    long bytes() {
        return bytes;
    }
}
