package io.slipway.dhcp.server;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One worker: a thread, and the packets that it has in hand, in order. A packet is in hand until its reply has left, so
 * that a slow disk fills the queue and not the memory.
 */
final class Lane {

    private final Work work;
    private final Worker worker;
    private final SendOrder order;
    private final AtomicInteger inHand = new AtomicInteger();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean isClosing;

    /** Packets that wait for a handler; used on the thread only, as is the timer's flag. */
    private final Deque<Packet> held = new ArrayDeque<>();

    private boolean isTimerSet;

    /**
     * Starts the thread.
     *
     * @param after the first packet is looked at when this has completed
     */
    Lane(String name, Work work, CompletionStage<?> after) {
        this.work = work;
        worker = new Worker(name);
        order = new SendOrder(worker);
        worker.execute(() -> after.toCompletableFuture().join());
        worker.start();
    }

    /** Takes a packet, unless there are too many: a DISCOVER must leave a quarter of the places to the others. */
    boolean offer(Packet packet) {
        int places = work.settings().queue();
        int most = packet.isDispensable() ? places * 3 / 4 : places;
        if (inHand.incrementAndGet() > most) {
            inHand.decrementAndGet();
            return false;
        }
        worker.execute(() -> take(packet));
        return true;
    }

    /** The chain is another one now. */
    void retry() {
        worker.execute(this::answerHeld);
    }

    /**
     * Ends when nothing is in hand any more, or after a time.
     *
     * @return completes when the thread does nothing more
     */
    CompletionStage<Void> close(Duration atLatest) {
        isClosing = true;
        worker.execute(() -> {
            while (!held.isEmpty()) {
                drop(held.poll(), "server stopped");
            }
            endIfIdle();
        });
        worker.schedule(this::end, atLatest);
        return ended;
    }

    private void take(Packet packet) {
        Chain chain = work.chain();
        if (held.isEmpty() && chain.isSettled(work.settings().hold())) {
            answer(packet, chain);
        } else if (isClosing) {
            drop(packet, "server stopped");
        } else {
            held.add(packet);
            setTimer();
        }
    }

    private void answerHeld() {
        Chain chain = work.chain();
        while (!held.isEmpty() && chain.isSettled(work.settings().hold())) {
            answer(held.poll(), chain);
            chain = work.chain();
        }
    }

    private void answer(Packet packet, Chain chain) {
        work.answerer().answer(packet, chain, order, work.settings().durableWithin(), this::done);
    }

    private void drop(Packet packet, String reason) {
        work.answerer().drop(packet, reason);
        done();
    }

    private void done() {
        inHand.decrementAndGet();
        endIfIdle();
    }

    private void setTimer() {
        if (!isTimerSet && !held.isEmpty()) {
            isTimerSet = true;
            long wait = expiry(held.peek()) - System.nanoTime();
            worker.schedule(this::expire, Duration.ofNanos(Math.max(0, wait)));
        }
    }

    private void expire() {
        isTimerSet = false;
        answerHeld();
        while (!held.isEmpty() && expiry(held.peek()) - System.nanoTime() <= 0) {
            Chain chain = work.chain();
            if (chain.isComplete()) {
                answer(held.poll(), chain); // only an optional handler is absent, and it has been waited for
            } else {
                work.missing().warn(chain);
                drop(held.poll(), "handler missing");
            }
        }
        setTimer();
    }

    private long expiry(Packet packet) {
        return packet.nanos() + work.settings().hold().toNanos();
    }

    private void endIfIdle() {
        if (isClosing && inHand.get() == 0) {
            end();
        }
    }

    /** Runs once at most: it ends the one thread on which it is called. */
    private void end() {
        worker.end();
        work.answerer().lose(inHand.get());
        ended.complete(null);
    }
}
