package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private final EventLoop first = new DefaultEventLoop();
    private final EventLoop second = new DefaultEventLoop();
    private final Conversations conversations = new Conversations();

    @BeforeEach
    void add() {
        conversations.add(first);
        conversations.add(second);
    }

    @AfterEach
    void close() {
        first.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        second.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private List<Conversations.Place> take(int count) {
        List<Conversations.Place> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(conversations.next());
        }
        return places;
    }

    @Test
    void oneLoopIsFilledBeforeTheNext() {
        take(64).forEach(place -> assertSame(first, place.loop()));
        take(64).forEach(place -> assertSame(second, place.loop()));
    }

    @Test
    void beyondThatAllHaveEquallyMany() {
        take(128);
        assertEquals(
                50, take(100).stream().filter(place -> place.loop() == first).count());
    }

    @Test
    void whatIsFreedIsTakenAgain() {
        List<Conversations.Place> places = take(64);
        places.get(7).free();
        assertEquals(63, conversations.held());
        assertSame(first, conversations.next().loop());
        assertSame(second, conversations.next().loop());
    }
}
