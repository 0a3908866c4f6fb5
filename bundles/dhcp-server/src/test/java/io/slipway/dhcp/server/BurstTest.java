package io.slipway.dhcp.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BurstTest {

    private long nanos = Long.MAX_VALUE - 3_000_000_000L;
    private final Burst burst = new Burst(() -> nanos, Duration.ofSeconds(10));

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void onlyTheFirstFailureBeginsIt() {
        assertTrue(burst.begins());
        assertFalse(burst.begins());
    }

    @Test
    void withoutAFailureThereIsNothingToEnd() {
        assertFalse(burst.ends());
    }

    @Test
    void aSuccessAmongFailuresDoesNotEndIt() {
        burst.begins();
        for (int second = 0; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            assertFalse(burst.ends());
            assertFalse(burst.begins());
        }
    }

    @Test
    void aSuccessAfterAWhileEndsItOnce() {
        burst.begins();
        pass(Duration.ofSeconds(10)); // across the overflow of nanoTime
        assertTrue(burst.ends());
        assertFalse(burst.ends());
        assertTrue(burst.begins(), "the next one");
    }
}
