package io.slipway.dhcp.server;

import io.slipway.boot.MacAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replies to one client leave in the order of its requests, though what they wait for completes in any order. */
final class SendOrder {

    private static final Logger LOG = LoggerFactory.getLogger(SendOrder.class);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Map<MacAddress, CompletableFuture<Void>> last = new ConcurrentHashMap<>();
    private final Executor thread;

    /** All calls are made on this thread, and all replies leave on it. */
    SendOrder(Executor thread) {
        this.thread = thread;
    }

    /**
     * Calls {@code leave} with the failure of {@code durable}, if it failed, when that has completed and the client's
     * earlier replies are gone; at once when nothing is to be waited for.
     *
     * @return completes, never with a failure, when {@code leave} has returned
     */
    CompletionStage<Void> leave(MacAddress client, CompletableFuture<?> durable, Consumer<Optional<Throwable>> leave) {
        CompletableFuture<Void> before = last.get(client);
        CompletableFuture<Optional<Throwable>> outcome =
                durable.handle((done, failure) -> Optional.<Throwable>ofNullable(failure));
        if (before == null && outcome.isDone()) {
            leave(client, leave, outcome.join());
            return DONE;
        }
        CompletableFuture<Void> gone = outcome.thenCombine(before == null ? DONE : before, (failure, done) -> failure)
                .thenAcceptAsync(failure -> leave(client, leave, failure), thread);
        last.put(client, gone);
        return gone.thenRun(() -> last.remove(client, gone));
    }

    /** A packet whose reply fails here has had its turn, as has every other: it takes no place any more. */
    private static void leave(MacAddress client, Consumer<Optional<Throwable>> leave, Optional<Throwable> failure) {
        try {
            leave.accept(failure);
        } catch (RuntimeException | LinkageError e) {
            LOG.error(
                    "A reply to {} was not sent: this is a fault of the server; report it with data/log/traces.log",
                    client,
                    e);
        }
    }
}
