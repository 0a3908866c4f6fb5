package io.slipway.dhcp.handlers;

import io.slipway.state.Entry;
import io.slipway.state.Key;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that is done at once and keeps nothing, so that what is measured is the chain and not the disk. */
final class Memory implements StateStore {

    @Override
    public Optional<Entry> get(Key key) {
        return Optional.empty();
    }

    @Override
    public Snapshot scan(Key prefix) {
        return new Snapshot() {
            @Override
            public long revision() {
                return 0;
            }

            @Override
            public Iterator<Entry> iterator() {
                return Collections.emptyIterator();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public CompletionStage<Boolean> commit(Transaction transaction) {
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public Registration watch(Key prefix, long fromRevision, Watcher watcher) {
        return () -> {};
    }
}
