package io.slipway.dhcp.handlers;

import io.slipway.boot.Machine;
import io.slipway.dhcp.DhcpExchange;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Clients that have something in common, and what they are told.
 *
 * @param name of its file: {@code phones} of {@code io.slipway.dhcp.group-phones.cfg}
 * @param members whether a request is of a member, given the machine that asks if it is known
 */
record Group(String name, BiPredicate<DhcpExchange, Optional<Machine>> members, Level level) {
    Group {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(members, "members");
        Objects.requireNonNull(level, "level");
    }
}
