package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import java.util.Objects;

/** A machine that a file defines, and where. */
record PlacedMachine(Machine machine, Place place) {
    PlacedMachine {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(place, "place");
    }
}
