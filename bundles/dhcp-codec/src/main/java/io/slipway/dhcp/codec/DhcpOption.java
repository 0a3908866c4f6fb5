package io.slipway.dhcp.codec;

import java.util.Objects;

/**
 * A DHCP option.
 *
 * @param code 1 to 254
 * @param name as configuration has it
 */
public record DhcpOption<T>(int code, String name, OptionType<T> type) {
    public DhcpOption {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option code " + code + "; expected 1 to 254");
        }
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
    }

    @Override
    public String toString() {
        return name + " (" + code + ")";
    }
}
