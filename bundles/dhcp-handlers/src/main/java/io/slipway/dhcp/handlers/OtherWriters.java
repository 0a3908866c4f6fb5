package io.slipway.dhcp.handlers;

import io.slipway.state.Entry;
import io.slipway.state.Registration;
import io.slipway.state.Snapshot;
import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import io.slipway.state.Watcher;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of the leases that others store: another version of this bundle, which serves while it is deployed beside this
 * one, or another node. Without it, whoever takes over would lease their addresses a second time.
 */
final class OtherWriters implements Watcher, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final StateStore store;
    private final long own;
    private final Consumer<Lease> heard;
    private Optional<Registration> watch = Optional.empty();
    private boolean isClosed;

    /**
     * @param own the writer whose records are passed over: they are older than what that writer knows
     * @param heard is told of each lease, as it is stored and as it changes
     */
    OtherWriters(StateStore store, long own, Consumer<Lease> heard) {
        this.store = store;
        this.own = own;
        this.heard = heard;
    }

    /** Tells what is stored now, and from then on what changes. */
    synchronized void follow() throws IOException {
        if (isClosed) {
            return;
        }
        try (Snapshot snapshot = store.scan(LeaseRecord.PREFIX)) {
            snapshot.forEach(this::read);
            watch = Optional.of(store.watch(LeaseRecord.PREFIX, snapshot.revision(), this));
        }
    }

    @Override
    public void changed(long revision, List<Transaction.Write> writes) {
        writes.forEach(write -> write.value().ifPresent(bytes -> read(new Entry(write.key(), bytes, revision))));
    }

    @Override
    public void lost() {
        try {
            follow();
        } catch (IOException e) {
            LOG.warn(
                    "leases that another version of this bundle or another node grants are not heard of any more ({}):"
                            + " look at the disk (space, health) of the data directory, then restart the bundle"
                            + " slipway-dhcp-handlers",
                    e.getMessage());
        }
    }

    private void read(Entry entry) {
        byte[] bytes = entry.bytes(); // a copy, and a million are read at a start
        if (LeaseRecord.isBy(own, bytes)) {
            return;
        }
        try {
            heard.accept(LeaseRecord.decode(entry.key(), bytes));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "stored lease {} cannot be read ({}): its address counts as free until a client leases it anew;"
                            + " put it into exclude if a machine still uses it",
                    entry.key(),
                    e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        watch.ifPresent(Registration::close);
    }
}
