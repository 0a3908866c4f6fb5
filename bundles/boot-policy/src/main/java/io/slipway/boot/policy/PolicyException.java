package io.slipway.boot.policy;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that is refused: every problem that was found, at least one. */
final class PolicyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    PolicyException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    PolicyException(Place place, String reason) {
        this(List.of(new Problem(place, reason)));
    }

    List<Problem> problems() {
        return problems;
    }
}
