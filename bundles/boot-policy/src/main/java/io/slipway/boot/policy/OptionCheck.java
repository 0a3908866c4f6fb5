package io.slipway.boot.policy;

import java.util.Optional;

/** Tells whether a DHCP option of a machine can be sent. */
@FunctionalInterface
interface OptionCheck {

    /**
     * Looks for what is wrong with an option.
     *
     * @param option its name, or its number and type, as in {@code 224.uint16}
     * @return what is wrong, and what was expected; empty when nothing is
     */
    Optional<String> fault(String option, String value);
}
