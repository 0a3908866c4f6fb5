package io.slipway.sockets;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * An IPv4 address of an interface, and the subnet that it lies in.
 *
 * @param prefixLength of the subnet, 0 to 32
 */
public record LinkAddress(Inet4Address address, int prefixLength) {
    public LinkAddress {
        Objects.requireNonNull(address, "address");
        if (prefixLength < 0 || prefixLength > 32) {
            throw new IllegalArgumentException("prefix length " + prefixLength + "; expected 0 to 32");
        }
    }

    /** Whether an address lies in the same subnet; an IPv6 address never does. */
    public boolean isNear(InetAddress other) {
        return other instanceof Inet4Address && ((bits(other) ^ bits(address)) & ~hosts()) == 0;
    }

    /** The subnet's directed broadcast address (RFC 922); empty for /31 and /32, which have none (RFC 3021). */
    public Optional<Inet4Address> broadcast() {
        return prefixLength > 30 ? Optional.empty() : Optional.of(of(bits(address) | hosts()));
    }

    private int hosts() {
        return prefixLength == 32 ? 0 : -1 >>> prefixLength;
    }

    private static int bits(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static Inet4Address of(int bits) {
        try {
            return (Inet4Address)
                    InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(bits).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** For example {@code 192.0.2.1/24}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
