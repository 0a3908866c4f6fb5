package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.SelectStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollingTest {

    /** So long that no test outlives it. */
    private static final int LONG = 60_000_000;

    @BeforeEach
    void severalProcessors() {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "with one processor nothing is polled");
    }

    @Test
    void sleepsWhileThereIsNoConversation() throws Exception {
        SelectStrategy strategy = new Polling(2, LONG).strategy();
        assertEquals(SelectStrategy.SELECT, strategy.calculateStrategy(() -> 1, false));
    }

    @Test
    void looksWhileFewAreHeld() throws Exception {
        Polling polling = new Polling(2, LONG);
        SelectStrategy strategy = polling.strategy();
        polling.opened();
        assertEquals(SelectStrategy.CONTINUE, strategy.calculateStrategy(() -> 0, false));
        assertEquals(3, strategy.calculateStrategy(() -> 3, false));
        polling.opened();
        assertEquals(SelectStrategy.CONTINUE, strategy.calculateStrategy(() -> 0, false));
        polling.opened();
        assertEquals(SelectStrategy.SELECT, strategy.calculateStrategy(() -> 0, false));
        polling.closed();
        assertEquals(SelectStrategy.CONTINUE, strategy.calculateStrategy(() -> 0, false));
    }

    @Test
    void sleepsWhenItsTimeIsOver() throws Exception {
        Polling polling = new Polling(2, 0);
        polling.opened();
        assertEquals(SelectStrategy.SELECT, polling.strategy().calculateStrategy(() -> 0, false));
    }

    @Test
    void whatIsToBeDoneIsDoneFirst() throws Exception {
        assertEquals(0, new Polling(2, LONG).strategy().calculateStrategy(() -> 0, true));
    }
}
