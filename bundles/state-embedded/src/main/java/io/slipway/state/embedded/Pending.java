package io.slipway.state.embedded;

import io.slipway.state.Transaction;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A transaction that waits for the disk, and whom to tell. */
record Pending(Transaction transaction, CompletableFuture<Boolean> outcome) {

    Pending(Transaction transaction) {
        this(transaction, new CompletableFuture<>());
    }

    void fail(Throwable cause) {
        outcome.completeExceptionally(new IOException("transaction is not durable: " + cause.getMessage(), cause));
    }

    long bytes() {
        return Change.bytes(transaction.writes());
    }
}
