package io.slipway.dhcp.handlers;

import java.util.Objects;

/**
 * What one level of the configuration (machine, group, subnet, global) says to a client; the nearest level wins for each
 * option and each time.
 */
record Level(LeaseTimes leaseTimes, ConfiguredOptions options) {

    /** Nothing is said. */
    static final Level EMPTY = new Level(LeaseTimes.UNSET, ConfiguredOptions.NONE);

    Level {
        Objects.requireNonNull(leaseTimes, "leaseTimes");
        Objects.requireNonNull(options, "options");
    }
}
