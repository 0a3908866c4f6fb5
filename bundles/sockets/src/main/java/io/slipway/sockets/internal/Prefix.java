package io.slipway.sockets.internal;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Objects;

/**
 * The addresses that begin with the same bits, of IPv4 or of IPv6.
 *
 * @param length in bits
 */
record Prefix(InetAddress address, int length) {

    Prefix {
        Objects.requireNonNull(address, "address");
        if (length < 0 || length > Byte.SIZE * address.getAddress().length) {
            throw new IllegalArgumentException("prefix length " + length + " of " + address.getHostAddress());
        }
    }

    /** Whether an address begins so; one of the other protocol never does. */
    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = length / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        int rest = Byte.SIZE - length % Byte.SIZE;
        return rest == Byte.SIZE || ((mine[whole] ^ theirs[whole]) & 0xff) >> rest == 0;
    }

    /** For example {@code 2001:db8::/32}. */
    @Override
    public String toString() {
        return NetUtil.toAddressString(address) + "/" + length;
    }
}
