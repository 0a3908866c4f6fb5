package io.slipway.state.embedded;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store on one log, with one thread that writes and one that tells watchers.
 *
 * <p>What depends on a commit's stage runs on the thread that writes: it must return quickly and must not wait for
 * another commit.
 */
final class LogStore implements StateStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogStore.class);

    private final LogFolder folder;
    private final Limits limits;
    private final LiveRecords live;
    private final Watches watches;
    private final CommitQueue queue;
    private final StateLog log;
    private final GroupCommit groups;
    private final Thread writer;
    private final Thread teller;
    private volatile boolean closed;

    private LogStore(LogFolder folder, Limits limits, LiveRecords live, StateLog log) {
        this.folder = folder;
        this.limits = limits;
        this.live = live;
        this.log = log;
        watches = new Watches(live);
        queue = new CommitQueue(limits.queueCapacity());
        groups = new GroupCommit(folder.describe(StateLog.NAME), log, live, watches::wake);
        writer = daemon("slipway-state-log", this::write);
        teller = daemon("slipway-state-watch", watches::run);
    }

    /**
     * Opens the store of a folder.
     *
     * @param folder is closed with the store, also when this fails
     */
    static LogStore open(LogFolder folder, Limits limits) throws IOException {
        try {
            LiveRecords live = new LiveRecords(limits.watchBacklog());
            LogStore store = new LogStore(folder, limits, live, LogRecovery.open(folder, limits, live));
            store.writer.start();
            store.teller.start();
            return store;
        } catch (IOException | RuntimeException | Error e) {
            folder.close();
            throw e;
        }
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }

    private void write() {
        try (folder;
                log) {
            long soonest = System.nanoTime();
            for (List<Pending> next = queue.take(soonest); !next.isEmpty(); next = queue.take(soonest)) {
                // A dependent that interrupts this thread must not make the channel close itself under the next write.
                Thread.interrupted();
                // On a fast disk every transaction would be a group, and pay for a force of its own.
                soonest = System.nanoTime() + limits.gatherFor().toNanos();
                write(next);
            }
        } catch (IOException e) {
            LOG.warn(
                    "{} did not close in order: {}. It is rewritten at the next start.",
                    folder.describe(StateLog.NAME),
                    e.toString());
        }
    }

    /** What is not an I/O error is a defect: memory and log may differ now, so nothing more is acknowledged. */
    private void write(List<Pending> group) {
        try {
            groups.run(group);
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "state store {} stopped: this is a fault of the server; no lease is given until its bundle is"
                            + " restarted: bundle:restart slipway-state-embedded",
                    folder.describe(""),
                    e);
            // Closed before anybody is told: whoever tries again at once is refused.
            List<Pending> abandoned = queue.abandon();
            group.forEach(pending -> pending.fail(e));
            abandoned.forEach(pending -> pending.fail(e));
        }
    }

    @Override
    public Optional<Entry> get(Key key) throws IOException {
        requireOpen();
        return live.get(Objects.requireNonNull(key, "key"));
    }

    @Override
    public Snapshot scan(Key prefix) throws IOException {
        requireOpen();
        return live.scan(Objects.requireNonNull(prefix, "prefix"));
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("state store is closed");
        }
    }

    @Override
    public CompletionStage<Boolean> commit(Transaction transaction) {
        Pending pending = new Pending(Objects.requireNonNull(transaction, "transaction"));
        try {
            queue.add(pending);
        } catch (IOException e) {
            return CompletableFuture.failedStage(e);
        }
        return pending.outcome();
    }

    @Override
    public Registration watch(Key prefix, long fromRevision, Watcher watcher) {
        return watches.add(
                Objects.requireNonNull(prefix, "prefix"), fromRevision, Objects.requireNonNull(watcher, "watcher"));
    }

    /** Finishes what was committed, as far as the time allows; the rest fails. */
    @Override
    public void close() {
        closed = true;
        queue.close();
        if (!ends(writer, limits.closeWithin().multipliedBy(3).dividedBy(4))) {
            IOException late = new IOException("the state store was closed before the disk had it");
            queue.abandon().forEach(pending -> pending.fail(late));
            if (!ends(writer, limits.closeWithin().dividedBy(8))) {
                LOG.warn(
                        "{} is still being written; the folder stays locked until the disk answers",
                        folder.describe(StateLog.NAME));
            }
        }
        watches.close();
        if (!ends(teller, limits.closeWithin().dividedBy(8))) {
            watches.abandon();
        }
    }

    private static boolean ends(Thread thread, Duration within) {
        if (thread == Thread.currentThread()) {
            return false;
        }
        try {
            thread.join(Math.max(1, within.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
