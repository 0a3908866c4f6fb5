package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.SelectStrategy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PollingTest {

    /** So long that no test outlives it. */
    private static final int LONG = 60_000_000;

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final Conversations conversations = new Conversations();

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @BeforeEach
    void severalProcessors() {
        conversations.add(loop);
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "with one processor nothing is polled");
    }

    @Test
    void sleepsWhileThereIsNoConversation() throws Exception {
        SelectStrategy strategy = new Polling(conversations, 2, LONG).strategy();
        assertEquals(SelectStrategy.SELECT, strategy.calculateStrategy(() -> 1, false));
    }

    @Test
    void looksWhileFewAreHeld() throws Exception {
        Polling polling = new Polling(conversations, 2, LONG);
        SelectStrategy strategy = polling.strategy();
        conversations.next();
        assertEquals(SelectStrategy.CONTINUE, strategy.calculateStrategy(() -> 0, false));
        assertEquals(3, strategy.calculateStrategy(() -> 3, false));
        conversations.next();
        assertEquals(SelectStrategy.CONTINUE, strategy.calculateStrategy(() -> 0, false));
        Conversations.Place third = conversations.next();
        assertEquals(SelectStrategy.SELECT, strategy.calculateStrategy(() -> 0, false));
        third.free();
        assertEquals(SelectStrategy.CONTINUE, strategy.calculateStrategy(() -> 0, false));
    }

    @Test
    void sleepsWhenItsTimeIsOver() throws Exception {
        Polling polling = new Polling(conversations, 2, 0);
        conversations.next();
        assertEquals(SelectStrategy.SELECT, polling.strategy().calculateStrategy(() -> 0, false));
    }

    @Test
    void whatIsToBeDoneIsDoneFirst() throws Exception {
        assertEquals(0, new Polling(conversations, 2, LONG).strategy().calculateStrategy(() -> 0, true));
    }
}
