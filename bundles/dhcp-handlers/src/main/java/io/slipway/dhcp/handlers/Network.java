package io.slipway.dhcp.handlers;

import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;

/**
 * An IPv4 network.
 *
 * @param address its first address, the network address
 * @param prefix its prefix length, 8 to 30
 */
public record Network(Inet4Address address, int prefix) {

    public Network {
        if (prefix < 8 || prefix > 30) {
            throw new IllegalArgumentException("prefix length " + prefix + "; expected 8 to 30");
        }
        if ((Addresses.bits(address) & ~maskBits(prefix)) != 0) {
            throw new IllegalArgumentException(address.getHostAddress() + " has host bits set below /" + prefix);
        }
    }

    /** From the form 192.0.2.0/24. */
    public static Network parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("\\d{1,2}")) {
            throw new IllegalArgumentException("'" + text + "' is not a network");
        }
        return new Network(Addresses.parse(parts[0]), Integer.parseInt(parts[1]));
    }

    public boolean contains(Inet4Address other) {
        return (Addresses.bits(other) & maskBits(prefix)) == Addresses.bits(address);
    }

    public boolean overlaps(Network other) {
        return contains(other.address) || other.contains(address);
    }

    public Inet4Address mask() {
        return Addresses.of(maskBits(prefix));
    }

    Inet4Address broadcast() {
        return Addresses.of(Addresses.bits(address) | ~maskBits(prefix));
    }

    /** All of it but the network address and the broadcast address. */
    public AddressRange hosts() {
        return new AddressRange(
                Addresses.of(Addresses.bits(address) + 1), Addresses.of(Addresses.bits(broadcast()) - 1));
    }

    private static int maskBits(int prefix) {
        return -1 << (32 - prefix);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefix;
    }
}
