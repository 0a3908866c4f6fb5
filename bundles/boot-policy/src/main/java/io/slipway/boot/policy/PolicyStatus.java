package io.slipway.boot.policy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is served and what is not.
 *
 * @param configuration the last good one
 * @param since when it was taken; empty when none ever was
 * @param problems why the files as they are now are refused; empty when they are served
 * @param lost why the folder cannot be read now
 */
public record PolicyStatus(
        Path folder,
        BootConfiguration configuration,
        Optional<Instant> since,
        List<Problem> problems,
        Optional<String> lost) {

    public PolicyStatus {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(configuration, "configuration");
        Objects.requireNonNull(since, "since");
        problems = List.copyOf(problems);
        Objects.requireNonNull(lost, "lost");
    }
}
