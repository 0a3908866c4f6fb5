package io.slipway.image.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What is being added to the store, so that what is cleared away meanwhile is none of it. Blobs are stored long before a
 * tag refers to them: those that came since the oldest import under way began stay. And no tag moves between the look at
 * all tags and the removal of what none of them needs. Safe for use by many threads.
 */
final class Changes {

    /** Moves a tag. */
    interface Move {
        void run() throws IOException;
    }

    /** Removes blobs. */
    interface Removal {
        void run() throws IOException;
    }

    /** Stores blobs, and in the end the tag that needs them. */
    interface Storing<T> {
        T run() throws IOException;
    }

    /** When each import under way began. */
    private final Map<Object, Instant> underWay = new ConcurrentHashMap<>();

    private final ReadWriteLock tags = new ReentrantReadWriteLock(true);
    private final AtomicLong moves = new AtomicLong();

    /** Runs an import: what it stores stays until it is over. */
    <T> T storing(Instant now, Storing<T> storing) throws IOException {
        Object key = new Object();
        underWay.put(key, now);
        try {
            return storing.run();
        } finally {
            underWay.remove(key);
        }
    }

    /** When the oldest import under way began, or a moment if none is older. */
    Instant oldest(Instant otherwise) {
        return underWay.values().stream()
                .filter(begun -> begun.isBefore(otherwise))
                .min(Instant::compareTo)
                .orElse(otherwise);
    }

    /** How many tags were moved. */
    long moves() {
        return moves.get();
    }

    void tag(Move move) throws IOException {
        tags.readLock().lock();
        try {
            move.run();
        } finally {
            // Afterwards: who has read the tags while it was under way sees that they have changed since.
            moves.incrementAndGet();
            tags.readLock().unlock();
        }
    }

    /** While this runs no tag moves. */
    void remove(Removal removal) throws IOException {
        tags.writeLock().lock();
        try {
            removal.run();
        } finally {
            tags.writeLock().unlock();
        }
    }
}
