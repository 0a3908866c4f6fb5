package io.slipway.boot.policy;

import java.util.Objects;

/**
 * Why a file was refused, and where.
 *
 * @param reason on one line, cut when it is very long
 */
public record Problem(Place place, String reason) {

    /** Of a reason, in characters: what a file holds must not flood the log. */
    private static final int MAX_LENGTH = 400;

    public Problem {
        Objects.requireNonNull(place, "place");
        reason = YamlComplaint.shorten(reason, MAX_LENGTH);
    }

    /** {@code file:line:column: reason}. */
    @Override
    public String toString() {
        return place + ": " + reason;
    }
}
