package io.slipway.dhcp.handlers;

import java.util.Objects;
import java.util.Optional;

/**
 * Where an address lies.
 *
 * @param subnet its name
 * @param pool the range from which it is leased; empty outside of all
 * @param unfit why no machine can have it; empty when one can
 */
public record AddressPlace(String subnet, String network, Optional<String> pool, Optional<String> unfit) {

    public AddressPlace {
        Objects.requireNonNull(subnet, "subnet");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(unfit, "unfit");
    }
}
