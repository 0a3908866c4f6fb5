package io.slipway.dhcp.handlers;

import java.util.Objects;

/**
 * Clients that have something in common, and what they are told.
 *
 * @param name of its file: {@code phones} of {@code io.slipway.dhcp.group-phones.cfg}
 * @param members who is in it
 */
record Group(String name, Membership members, Level level) {
    Group {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(members, "members");
        Objects.requireNonNull(level, "level");
    }
}
