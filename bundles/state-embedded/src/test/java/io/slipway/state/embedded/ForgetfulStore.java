package io.slipway.state.embedded;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * The store on a disk that forgets what was not forced, for tests of those who rely on it. It has no thread: what waits
 * becomes one group when {@link #force} is called, so that a run is the same for the same seed.
 */
public final class ForgetfulStore implements StateStore {

    private static final Limits LIMITS =
            new Limits(1000, 16, 2000, 6000, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2));

    private final ForgetfulFolder folder;
    private final LiveRecords live = new LiveRecords(LIMITS.watchBacklog());
    private final GroupCommit groups;
    private List<Pending> waiting = new ArrayList<>();
    private boolean isHasty;

    /** A new disk, and a store that is begun on it. */
    public ForgetfulStore(Random disk) {
        this(new ForgetfulFolder(disk));
    }

    private ForgetfulStore(ForgetfulFolder folder) {
        this.folder = folder;
        try {
            groups = new GroupCommit("test", LogRecovery.open(folder, LIMITS, live), live, () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it says of every transaction that it is durable, before it is. */
    public void becomeHasty() {
        isHasty = true;
    }

    /** Makes what waits durable, or says that it cannot; also what was committed by those who were told. */
    public void force() {
        while (!waiting.isEmpty()) {
            List<Pending> group = waiting;
            waiting = new ArrayList<>();
            groups.run(group);
        }
    }

    /** Operations on the disk until now. */
    public int operations() {
        return folder.operations();
    }

    /** The power fails during or after so many operations more. */
    public void stopAfter(int operations) {
        folder.stopAfter(operations);
    }

    public boolean isStopped() {
        return folder.isStopped();
    }

    /** Which operations fail from now on: create, rename, delete, copy, force-folder, write, truncate, force. */
    public void failWhen(Predicate<String> operation) {
        folder.failWhen(operation);
    }

    /** From now on there is no space for more than is used already. */
    public void fill() {
        folder.capacity(folder.used());
    }

    /** There is space again. */
    public void free() {
        folder.capacity(Long.MAX_VALUE);
    }

    /** The store as another process finds it when the power is back. */
    public ForgetfulStore afterPowerCut() {
        return new ForgetfulStore(folder.afterPowerCut());
    }

    @Override
    public CompletionStage<Boolean> commit(Transaction transaction) {
        Pending pending = new Pending(transaction);
        waiting.add(pending);
        return isHasty ? CompletableFuture.completedFuture(true) : pending.outcome();
    }

    @Override
    public Optional<Entry> get(Key key) {
        return live.get(key);
    }

    @Override
    public Snapshot scan(Key prefix) {
        return live.scan(prefix);
    }

    /** Nobody else writes, so there is nothing to tell. */
    @Override
    public Registration watch(Key prefix, long fromRevision, Watcher watcher) {
        return () -> {};
    }
}
