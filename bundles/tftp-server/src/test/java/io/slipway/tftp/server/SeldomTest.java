package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SeldomTest {

    @Test
    void isDueOnceInTheInterval() {
        Seldom hourly = new Seldom(Duration.ofHours(1));
        assertTrue(hourly.isDue());
        assertFalse(hourly.isDue());
    }

    @Test
    void isDueAgainAfterIt() {
        Seldom always = new Seldom(Duration.ZERO);
        assertTrue(always.isDue());
        assertTrue(always.isDue());
    }
}
