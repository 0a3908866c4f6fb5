package io.slipway.state.embedded;

import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Watcher;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Tells all watchers, on one thread, in turns. */
final class Watches {

    private final LiveRecords live;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean closed;

    Watches(LiveRecords live) {
        this.live = live;
    }

    Registration add(Key prefix, long fromRevision, Watcher watcher) {
        Watch watch = new Watch(live, prefix, fromRevision, watcher);
        watches.add(watch);
        wake();
        return watch;
    }

    /** There is something to tell. */
    void wake() {
        news.release();
    }

    /** The body of the thread; ends after {@link #close}, when all has been told that there was. */
    void run() {
        while (!closed) {
            news.acquireUninterruptibly();
            news.drainPermits();
            tellAll();
        }
    }

    private void tellAll() {
        boolean more = true;
        while (more) {
            more = false;
            for (Watch watch : watches) {
                // A watcher that interrupts itself must not interrupt the next one.
                Thread.interrupted();
                more |= watch.tell();
            }
            watches.removeIf(Watch::isEnded);
        }
    }

    void close() {
        closed = true;
        wake();
    }

    /** Tells nobody any more. */
    void abandon() {
        watches.forEach(Watch::close);
        close();
    }
}
