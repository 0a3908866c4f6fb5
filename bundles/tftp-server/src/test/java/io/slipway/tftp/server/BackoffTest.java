package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void doublesUpToTenSecondsAndGivesUp() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), 6);
        List<Long> seconds = new ArrayList<>();
        do {
            seconds.add(Duration.ofNanos(backoff.nanos()).toSeconds());
        } while (backoff.again());
        assertEquals(List.of(1L, 2L, 4L, 8L, 10L, 10L, 10L), seconds);
    }

    @Test
    void neverSendsSoonerThanTheClientAskedFor() {
        Backoff backoff = new Backoff(Duration.ofSeconds(60), 2);
        assertTrue(backoff.again());
        assertEquals(60, Duration.ofNanos(backoff.nanos()).toSeconds());
    }

    @Test
    void anAnswerBeginsItAnew() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), 1);
        assertTrue(backoff.again());
        assertFalse(backoff.again());
        backoff.reset();
        assertEquals(1, Duration.ofNanos(backoff.nanos()).toSeconds());
        assertTrue(backoff.again());
    }

    @Test
    void mayGiveUpAtOnce() {
        assertFalse(new Backoff(Duration.ofSeconds(1), 0).again());
    }
}
