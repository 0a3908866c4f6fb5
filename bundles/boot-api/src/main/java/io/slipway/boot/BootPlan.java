package io.slipway.boot;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client boots and how.
 *
 * @param decision the first policy's that had one; {@link BootDecision.Ignore} when none had
 * @param loader the name of the chosen loader; empty when the decision is not to netboot or no loader can serve
 * @param program what the firmware is told to fetch; present exactly when {@code loader} is
 * @param reasons how it came about, in order, one sentence each
 */
public record BootPlan(
        BootDecision decision, Optional<String> loader, Optional<NetworkProgram> program, List<String> reasons) {

    public BootPlan {
        Objects.requireNonNull(decision, "decision");
        reasons = List.copyOf(reasons);
        if (loader.isPresent() != program.isPresent()) {
            throw new IllegalArgumentException("a plan has a loader and its program, or neither");
        }
    }
}
