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
        Backoff backoff = new Backoff(Duration.ofSeconds(1), false, 6, new RoundTrip());
        List<Long> seconds = new ArrayList<>();
        do {
            seconds.add(Duration.ofNanos(backoff.nanos()).toSeconds());
        } while (backoff.again());
        assertEquals(List.of(1L, 2L, 4L, 8L, 10L, 10L, 10L), seconds);
    }

    @Test
    void neverSendsSoonerThanTheClientAskedFor() {
        Backoff backoff = new Backoff(Duration.ofSeconds(60), false, 2, new RoundTrip());
        assertTrue(backoff.again());
        assertEquals(60, Duration.ofNanos(backoff.nanos()).toSeconds());
    }

    @Test
    void anAnswerBeginsItAnew() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), false, 1, new RoundTrip());
        assertTrue(backoff.again());
        assertFalse(backoff.again());
        backoff.reset();
        assertEquals(1, Duration.ofNanos(backoff.nanos()).toSeconds());
        assertTrue(backoff.again());
    }

    @Test
    void mayGiveUpAtOnce() {
        assertFalse(new Backoff(Duration.ofSeconds(1), false, 0, new RoundTrip()).again());
    }

    @Test
    void aQuickClientsLossIsMendedSoonAndItsSilenceBorneAsLong() {
        RoundTrip quick = new RoundTrip();
        quick.took(Duration.ofMillis(1).toNanos());
        Backoff backoff = new Backoff(Duration.ofSeconds(1), false, 2, quick);
        backoff.reset();
        List<Long> millis = new ArrayList<>();
        do {
            millis.add(Duration.ofNanos(backoff.nanos()).toMillis());
        } while (backoff.again());
        assertEquals(List.of(100L, 200L, 400L, 800L, 1000L, 2000L, 4000L), millis);
    }

    @Test
    void aSlowClientIsWaitedFor() {
        RoundTrip slow = new RoundTrip();
        slow.took(Duration.ofMillis(200).toNanos());
        Backoff backoff = new Backoff(Duration.ofSeconds(1), false, 2, slow);
        backoff.reset();
        assertEquals(600, Duration.ofNanos(backoff.nanos()).toMillis());
    }

    @Test
    void theTimeThatTheClientAskedForStands() {
        RoundTrip quick = new RoundTrip();
        quick.took(1);
        Backoff backoff = new Backoff(Duration.ofSeconds(3), true, 2, quick);
        backoff.reset();
        assertEquals(3, Duration.ofNanos(backoff.nanos()).toSeconds());
    }
}
