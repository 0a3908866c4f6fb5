package io.slipway.boot.policy;

import io.slipway.boot.Machine;
import java.util.Objects;
import java.util.Optional;

/**
 * A machine, and who says so.
 *
 * @param place in the file that defines it; empty when it was added by a command
 * @param shadowed why it is not served; empty when it is
 */
public record KnownMachine(Machine machine, Optional<Place> place, Optional<String> shadowed) {

    public KnownMachine {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(shadowed, "shadowed");
    }

    static KnownMachine of(PlacedMachine placed) {
        return new KnownMachine(placed.machine(), Optional.of(placed.place()), Optional.empty());
    }

    /** {@code lab.yaml:12}, or {@code command}. */
    public String origin() {
        return place.map(Place::fileAndLine).orElse("command");
    }
}
