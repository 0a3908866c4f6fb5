package io.slipway.tftp.server;

import io.slipway.sockets.Link;
import java.net.InetAddress;

/** Addresses that stand for every machine: an answer to one would go to all. */
final class Broadcast {

    private Broadcast() {}

    /** Whether this is 255.255.255.255 or the highest address of the link's network. */
    static boolean is(InetAddress address, Link link) {
        byte[] octets = address.getAddress();
        if (octets.length != 4) {
            return false;
        }
        int bits = bits(octets);
        return bits == -1
                || (link.prefixLength() > 0
                        && link.prefixLength() < 31
                        && link.address()
                                .map(own -> isHighest(bits, bits(own.getAddress()), link))
                                .orElse(false));
    }

    private static boolean isHighest(int bits, int own, Link link) {
        int hosts = -1 >>> link.prefixLength();
        return bits == (own | hosts);
    }

    private static int bits(byte[] octets) {
        return (octets[0] << 24) | ((octets[1] & 0xff) << 16) | ((octets[2] & 0xff) << 8) | (octets[3] & 0xff);
    }
}
