package io.slipway.boot.policy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the commands are given to print. */
public final class StatusFixture {

    private StatusFixture() {}

    /** Serves one text and refuses another; the latter may be absent. */
    public static PolicyStatus of(String served, List<String> refused) {
        try {
            return new PolicyStatus(
                    Path.of("/etc/boot"),
                    Policies.parse(served),
                    Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                    refused.isEmpty() ? List.of() : problems(refused.get(0)),
                    Optional.empty());
        } catch (PolicyException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Problem> problems(String text) {
        try {
            Policies.parse(text);
            throw new AssertionError("expected a refusal of " + text);
        } catch (PolicyException e) {
            return e.problems();
        }
    }
}
