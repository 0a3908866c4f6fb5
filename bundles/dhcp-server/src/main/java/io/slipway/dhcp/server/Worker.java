package io.slipway.dhcp.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread and its tasks, in order. It takes all that waits at once, and is woken only when it sleeps: under load, a
 * packet costs neither. Tasks may be given by any thread.
 */
final class Worker implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(DhcpServer.class);

    private record Timer(long due, Runnable task) {}

    private final Object lock = new Object();
    private final Thread thread;
    /** Used on the thread only. */
    private final Queue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::due));

    private List<Runnable> waiting = new ArrayList<>();
    private boolean isAsleep;
    private volatile boolean hasEnded;

    Worker(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Runs a task after those that wait; a worker that has ended leaves it undone. */
    @Override
    public void execute(Runnable task) {
        synchronized (lock) {
            if (hasEnded) {
                LOG.debug("{} has ended, a task of it is left undone", thread.getName());
                return;
            }
            waiting.add(task);
            if (isAsleep) {
                isAsleep = false;
                lock.notify();
            }
        }
    }

    /** Runs a task after a time. */
    void schedule(Runnable task, Duration after) {
        // Counted from now on; differences of System.nanoTime() compare, its values do not, but for 292 years.
        long due = System.nanoTime() + after.toNanos();
        execute(() -> timers.add(new Timer(due, task)));
    }

    /** Runs nothing more after the task that is being run. To be called by a task. */
    void end() {
        synchronized (lock) {
            hasEnded = true;
            waiting.clear();
        }
    }

    private void run() {
        List<Runnable> taken = new ArrayList<>();
        while (!hasEnded) {
            taken = take(taken);
            for (int i = 0; i < taken.size() && !hasEnded; i++) {
                run(taken.get(i));
            }
            while (!hasEnded && !timers.isEmpty() && timers.peek().due() - System.nanoTime() <= 0) {
                run(timers.poll().task());
            }
        }
    }

    /** Exchanges what was done for what waits; sleeps until there is something, or a timer is due. */
    private List<Runnable> take(List<Runnable> done) {
        done.clear();
        synchronized (lock) {
            if (waiting.isEmpty()) {
                sleep();
            }
            List<Runnable> taken = waiting;
            waiting = done;
            return taken;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // run() is the loop
    private void sleep() {
        long millis = 0; // which is for ever
        if (!timers.isEmpty()) {
            long nanos = timers.peek().due() - System.nanoTime();
            if (nanos <= 0) {
                return;
            }
            millis = 1 + Duration.ofNanos(nanos).toMillis();
        }
        isAsleep = true;
        try {
            // Woken for no reason it finds nothing to do, and sleeps again.
            lock.wait(millis);
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted, which means nothing to it", thread.getName());
        }
        isAsleep = false;
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "A task of {} failed: this is a fault of the server; report it with data/log/traces.log",
                    thread.getName(),
                    e);
        }
    }
}
