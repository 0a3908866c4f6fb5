package io.slipway.dhcp.handlers;

import java.time.Duration;
import java.util.Objects;

/**
 * On what terms a client gets the address that it claims.
 *
 * @param time how long
 * @param takesVacant whether it gets an address that is free and of which nothing is known
 * @param restarts whether it starts anew and can be sent to a better address without harm
 */
record Terms(Duration time, boolean takesVacant, boolean restarts) {
    Terms {
        Objects.requireNonNull(time, "time");
    }
}
