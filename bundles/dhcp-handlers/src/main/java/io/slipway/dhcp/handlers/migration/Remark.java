package io.slipway.dhcp.handlers.migration;

import java.util.Objects;

/**
 * What somebody should know of a translation.
 *
 * @param what it is about, as it stands there
 * @param isLoss whether it was left out; else it means something else now, or is to be looked at
 */
public record Remark(Place place, String what, String why, boolean isLoss) {
    public Remark {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
    }

    @Override
    public String toString() {
        return place + ": " + what + ": " + why;
    }
}
