package io.slipway.dhcp.handlers;

import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands leases to the store in the order in which they changed, without holding the lock under which they changed:
 * {@link #enqueue} under the lock, {@link #flush} after it.
 */
final class LeaseWriter {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private record Write(Lease lease, CompletableFuture<Void> stored) {}

    private final StateStore store;
    private final long id;
    private final LeaseClock clock;
    private final Queue<Write> queue = new ConcurrentLinkedQueue<>();
    private final Object flushing = new Object();

    /**
     * @param id stands in every record, see {@link OtherWriters}
     * @param clock that the leases count by
     */
    LeaseWriter(StateStore store, long id, LeaseClock clock) {
        this.store = store;
        this.id = id;
        this.clock = clock;
    }

    /** Completes when the lease is durable; fails when it could not be made so. */
    CompletableFuture<Void> enqueue(Lease lease) {
        Write write = new Write(lease, new CompletableFuture<>());
        queue.add(write);
        return write.stored();
    }

    /** After this call, what this thread enqueued has been handed to the store. */
    void flush() {
        synchronized (flushing) {
            for (Write write = queue.poll(); write != null; write = queue.poll()) {
                commit(write);
            }
        }
    }

    /** Stores what the clock has to, also when nobody leases. */
    void close() {
        synchronized (flushing) {
            commitStep();
        }
    }

    /** In the log before each lease that it concerns, so that no crash leaves the lease without it. */
    private void commitStep() {
        clock.step().ifPresent(step -> {
            try {
                store.commit(step).whenComplete((written, failure) -> {
                    if (failure != null) {
                        clock.forgetStep();
                    }
                });
            } catch (RuntimeException e) {
                LOG.debug("the store is closing: a step of the clock is not known at the next start", e);
                clock.forgetStep();
            }
        });
    }

    private void commit(Write write) {
        commitStep();
        Lease lease = write.lease();
        try {
            store.commit(Transaction.put(LeaseRecord.key(lease), LeaseRecord.encode(lease, id)))
                    .whenComplete((written, failure) -> complete(write, written, failure));
        } catch (RuntimeException e) {
            // A store that is closing: this write has failed, those behind it get their own answer.
            write.stored().completeExceptionally(e);
        }
    }

    /** An end that is not stored is not refused, only told of. */
    static void tellIfLost(Inet4Address address, Lease.State state, CompletableFuture<Void> stored) {
        stored.exceptionally(failure -> {
            LOG.warn(
                    "{} is {} but that is not stored ({}): after a restart its lease counts until it ends;"
                            + " look at the disk (space, health) of the data directory",
                    address.getHostAddress(),
                    state.name().toLowerCase(Locale.ROOT),
                    failure.getMessage());
            return null;
        });
    }

    private static void complete(Write write, Boolean written, Throwable failure) {
        if (failure != null) {
            write.stored().completeExceptionally(failure);
        } else if (Boolean.TRUE.equals(written)) {
            write.stored().complete(null);
        } else {
            write.stored()
                    .completeExceptionally(new IOException("the store refused the lease of "
                            + write.lease().address().getHostAddress()));
        }
    }
}
