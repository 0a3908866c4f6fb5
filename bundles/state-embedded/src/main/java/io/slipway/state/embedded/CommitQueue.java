package io.slipway.state.embedded;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Transactions on their way to the disk, in the order of the calls. Bounded: what does not fit is refused at once. */
final class CommitQueue {

    private static final int GROUP_TRANSACTIONS = 4096;

    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final int capacity;
    private boolean closed;

    CommitQueue(int capacity) {
        this.capacity = capacity;
    }

    /** @throws IOException when the queue is full, or closed */
    void add(Pending pending) throws IOException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("state store is closed");
            }
            if (waiting.size() == capacity) {
                throw new IOException("commit queue is full: " + capacity + " transactions wait for the disk");
            }
            waiting.add(pending);
            if (waiting.size() == 1) { // of those after it the taker need not hear
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for transactions and takes as many as make one group. None: the queue is closed and empty. For one thread.
     *
     * @param soonest not before this, as {@link System#nanoTime} counts, unless the queue is closed
     */
    List<Pending> take(long soonest) {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            awaitClosed(soonest);
            List<Pending> group = new ArrayList<>();
            long bytes = 0;
            while (!waiting.isEmpty() && group.size() < GROUP_TRANSACTIONS && bytes < LogFormat.GROUP_BYTES) {
                Pending next = waiting.remove();
                bytes += next.bytes();
                group.add(next);
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void awaitClosed(long until) {
        boolean isInterrupted = false;
        for (long left = until - System.nanoTime(); left > 0 && !closed; left = until - System.nanoTime()) {
            try {
                changed.awaitNanos(left);
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing more comes in; what waits can still be taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes, and takes all that waits. */
    List<Pending> abandon() {
        lock.lock();
        try {
            close();
            List<Pending> abandoned = List.copyOf(waiting);
            waiting.clear();
            return abandoned;
        } finally {
            lock.unlock();
        }
    }
}
