package io.slipway.dhcp.server;

import io.slipway.boot.MacAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replies to one client leave in the order of its requests, though what they wait for completes in any order. All calls
 * are made on one worker, and all replies leave on it.
 */
final class SendOrder {

    private static final Logger LOG = LoggerFactory.getLogger(SendOrder.class);

    /** A reply that waits: for its own stage, and for the client's replies before it. */
    private static final class Turn {
        private final MacAddress client;
        private final Consumer<Optional<Throwable>> leave;
        private boolean isFirst;
        private Optional<Optional<Throwable>> outcome = Optional.empty();
        private Optional<Turn> next = Optional.empty();

        Turn(MacAddress client, Consumer<Optional<Throwable>> leave, boolean isFirst) {
            this.client = client;
            this.leave = leave;
            this.isFirst = isFirst;
        }
    }

    /** When a stage is given up. */
    private record Deadline(CompletableFuture<?> durable, long nanos) {}

    private final Worker worker;
    private final Map<MacAddress, Turn> last = new HashMap<>();

    /** In the order of time: all are given the same. One timer serves them all, for hardly any is ever due. */
    private final Queue<Deadline> deadlines = new ArrayDeque<>();

    private boolean isTimerSet;

    SendOrder(Worker worker) {
        this.worker = worker;
    }

    /**
     * Calls {@code leave} with the failure of {@code durable}, if it failed, when that has completed and the client's
     * earlier replies are gone; at once when nothing is to be waited for.
     *
     * @param within how long {@code durable} is waited for; then it is made to fail with a {@link TimeoutException}
     */
    void leave(MacAddress client, CompletableFuture<?> durable, Duration within, Consumer<Optional<Throwable>> leave) {
        Optional<Turn> before = Optional.ofNullable(last.get(client));
        Turn turn = new Turn(client, leave, before.isEmpty());
        if (before.isEmpty() && durable.isDone() && !durable.isCompletedExceptionally()) {
            leave(turn, Optional.empty());
            return;
        }
        before.ifPresent(earlier -> earlier.next = Optional.of(turn));
        last.put(client, turn);
        if (!durable.isDone()) {
            limit(durable, within);
        }
        CompletableFuture<?> unused = durable.whenComplete(
                (done, failure) -> worker.execute(() -> decided(turn, Optional.ofNullable(failure))));
    }

    private void decided(Turn turn, Optional<Throwable> failure) {
        turn.outcome = Optional.of(failure);
        Optional<Turn> now = Optional.of(turn);
        while (now.filter(first -> first.isFirst && first.outcome.isPresent()).isPresent()) {
            Turn first = now.get();
            leave(first, first.outcome.get());
            first.next.ifPresentOrElse(later -> later.isFirst = true, () -> last.remove(first.client));
            now = first.next;
        }
    }

    /** A packet whose reply fails here has had its turn, as has every other: it takes no place any more. */
    private static void leave(Turn turn, Optional<Throwable> failure) {
        try {
            turn.leave.accept(failure);
        } catch (RuntimeException | LinkageError e) {
            LOG.error(
                    "A reply to {} was not sent: this is a fault of the server; report it with data/log/traces.log",
                    turn.client,
                    e);
        }
    }

    private void limit(CompletableFuture<?> durable, Duration within) {
        while (!deadlines.isEmpty() && deadlines.peek().durable().isDone()) {
            deadlines.remove();
        }
        deadlines.add(new Deadline(durable, System.nanoTime() + within.toNanos()));
        setTimer();
    }

    private void setTimer() {
        if (!isTimerSet && !deadlines.isEmpty()) {
            isTimerSet = true;
            worker.schedule(
                    this::expire, Duration.ofNanos(Math.max(0, deadlines.peek().nanos() - System.nanoTime())));
        }
    }

    private void expire() {
        isTimerSet = false;
        long now = System.nanoTime();
        while (!deadlines.isEmpty()
                && (deadlines.peek().durable().isDone() || deadlines.peek().nanos() - now <= 0)) {
            deadlines.remove().durable().completeExceptionally(new TimeoutException("not durable in time"));
        }
        setTimer();
    }
}
