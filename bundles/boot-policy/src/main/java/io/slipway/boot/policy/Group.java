package io.slipway.boot.policy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Who boots what. */
public record Group(String name, Selector selector, Offer offer, Place place) {

    public Group {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(selector, "selector");
        Objects.requireNonNull(offer, "offer");
        Objects.requireNonNull(place, "place");
    }

    /** What the machines of a group get. */
    public sealed interface Offer {}

    /**
     * A menu of profiles.
     *
     * @param profiles at least one, each once
     * @param standard the one that boots by itself
     * @param timeout how long the menu waits before it does
     */
    public record Choice(String title, List<Profile> profiles, Profile standard, Duration timeout) implements Offer {
        public Choice {
            Objects.requireNonNull(title, "title");
            profiles = List.copyOf(profiles);
            Objects.requireNonNull(timeout, "timeout");
            if (!profiles.contains(standard)) {
                throw new IllegalArgumentException("default '" + standard.name() + "' is not among the profiles");
            }
        }

        /** The names of the profiles; the default among several is marked with {@code *}. */
        @Override
        public String toString() {
            if (profiles.size() == 1) {
                return standard.name();
            }
            return profiles.stream()
                    .map(profile -> profile.equals(standard) ? profile.name() + "*" : profile.name())
                    .collect(Collectors.joining(", "));
        }
    }

    /** Nothing, and why. */
    public record Nothing(String why) implements Offer {
        public Nothing {
            Objects.requireNonNull(why, "why");
        }

        @Override
        public String toString() {
            return "ignored: " + why;
        }
    }
}
