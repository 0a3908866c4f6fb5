package io.slipway.dhcp.proxy;

import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;

/**
 * A network of relay agents.
 *
 * @param bits its first address
 * @param prefix its prefix length, 1 to 32
 */
record Network(int bits, int prefix) {

    Network {
        if (prefix < 1 || prefix > 32 || (bits & ~(-1 << (32 - prefix))) != 0) {
            throw new IllegalArgumentException("prefix length " + prefix + " does not fit the address");
        }
    }

    /** From the form 198.51.100.0/24. */
    static Network parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,2}")) {
            throw new IllegalArgumentException("'" + text + "' is not a network");
        }
        return new Network(Addresses.bits(Addresses.parse(parts[0])), Integer.parseInt(parts[1]));
    }

    boolean contains(Inet4Address address) {
        return (Addresses.bits(address) & (-1 << (32 - prefix))) == bits;
    }
}
