package io.slipway.dhcp.handlers;

import java.net.Inet4Address;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** Why a file, sound by itself, cannot serve beside others. */
final class Conflict {

    private Conflict() {}

    /**
     * Looks for what speaks against a file.
     *
     * @param all the other files, and perhaps a version of this one
     * @return the refusal, which names this file, the key, the value and what was expected
     */
    static Optional<String> of(NetworkSettings.Served one, Collection<NetworkSettings.Served> all) {
        return one.content() instanceof Subnet subnet
                ? missingGroup(one.file(), subnet, all).or(() -> all.stream()
                        .filter(other -> !other.file().name().equals(one.file().name()))
                        .map(other -> other.content() instanceof Subnet neighbour
                                ? between(one.file(), subnet, other.file(), neighbour)
                                : Optional.<String>empty())
                        .flatMap(Optional::stream)
                        .findFirst())
                : Optional.empty();
    }

    private static Optional<String> missingGroup(
            ConfigFile file, Subnet subnet, Collection<NetworkSettings.Served> all) {
        return subnet.pools().stream()
                .flatMap(pool -> pool.group().stream())
                .filter(name -> all.stream()
                        .noneMatch(other -> other.content() instanceof Group group
                                && group.name().equals(name)))
                .findFirst()
                .map(name -> refusal(
                        file,
                        "range." + name,
                        "the name of a group behind the dot; there is no etc/" + GroupFile.PID + "-" + name + ".cfg"));
    }

    private static Optional<String> between(ConfigFile file, Subnet subnet, ConfigFile otherFile, Subnet other) {
        if (subnet.network().overlaps(other.network())) {
            return Optional.of(refusal(
                    file, "subnet", "a network that does not overlap " + other.network() + " of " + otherFile.name()));
        }
        boolean share =
                subnet.sharedNetwork().isPresent() && Objects.equals(subnet.sharedNetwork(), other.sharedNetwork());
        if (share) {
            return Optional.empty();
        }
        for (Inet4Address relay : subnet.relays()) {
            if (other.relays().contains(relay) || other.network().contains(relay)) {
                return Optional.of(refusal(
                        file,
                        "relay",
                        "addresses that no other subnet has; " + relay.getHostAddress() + " belongs to "
                                + otherFile.name() + " (give both the same sharedNetwork if they share a wire)"));
            }
        }
        return other.relays().stream()
                .filter(subnet.network()::contains)
                .findFirst()
                .map(relay -> refusal(
                        file,
                        "subnet",
                        "a network without " + relay.getHostAddress() + ", which is a relay of " + otherFile.name()));
    }

    private static String refusal(ConfigFile file, String key, String expected) {
        return file.value(key).refused(expected).getMessage();
    }
}
