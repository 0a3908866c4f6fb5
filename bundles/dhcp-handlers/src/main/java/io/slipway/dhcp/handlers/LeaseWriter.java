package io.slipway.dhcp.handlers;

import io.slipway.state.StateStore;
import io.slipway.state.Transaction;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Hands leases to the store in the order in which they changed, without holding the lock under which they changed:
 * {@link #enqueue} under the lock, {@link #flush} after it.
 */
final class LeaseWriter {

    private record Write(Lease lease, CompletableFuture<Void> stored) {}

    private final StateStore store;
    private final long id;
    private final Queue<Write> queue = new ConcurrentLinkedQueue<>();
    private final Object flushing = new Object();

    /**
     * @param id stands in every record, see {@link OtherWriters}
     */
    LeaseWriter(StateStore store, long id) {
        this.store = store;
        this.id = id;
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

    private void commit(Write write) {
        Lease lease = write.lease();
        try {
            store.commit(Transaction.put(LeaseRecord.key(lease), LeaseRecord.encode(lease, id)))
                    .whenComplete((written, failure) -> complete(write, written, failure));
        } catch (RuntimeException e) {
            // A store that is closing: this write has failed, those behind it get their own answer.
            write.stored().completeExceptionally(e);
        }
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
