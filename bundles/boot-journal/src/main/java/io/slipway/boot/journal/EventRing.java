package io.slipway.boot.journal;

import io.slipway.boot.BootEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The latest events, numbered from 1. Adding takes a lock for a few instructions, whoever reads. */
final class EventRing implements Timeline {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final BootEvent[] events;
    private long last;

    /** @param capacity events, 1 or more */
    EventRing(int capacity) {
        events = new BootEvent[capacity];
    }

    void add(BootEvent event) {
        lock.lock();
        try {
            last++;
            events[slot(last)] = event;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Slice after(long number, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (last <= number && nanos > 0) {
                nanos = grown.awaitNanos(Math.min(nanos, TimeUnit.HOURS.toNanos(1)));
            }
            return slice(number);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<BootEvent> events() {
        lock.lock();
        try {
            return slice(BEGINNING).events();
        } finally {
            lock.unlock();
        }
    }

    private Slice slice(long number) {
        long from = Math.max(number, last - events.length);
        List<BootEvent> slice = new ArrayList<>();
        for (long i = from + 1; i <= last; i++) {
            slice.add(events[slot(i)]);
        }
        return new Slice(List.copyOf(slice), Math.max(number, last), from - number);
    }

    private int slot(long number) {
        return (int) (number % events.length);
    }
}
