package io.slipway.dhcp.codec;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv4 addresses as 32 bits, without a name lookup ever. */
public final class Addresses {

    /** 0.0.0.0. */
    public static final Inet4Address ANY = of(0);

    /** 255.255.255.255. */
    public static final Inet4Address BROADCAST = of(-1);

    private Addresses() {}

    /** From 32 bits, the first octet highest. */
    public static Inet4Address of(int bits) {
        // most of a request's addresses; null while the constant itself is made
        if (bits == 0 && ANY != null) {
            return ANY;
        }
        return of(new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
    }

    /** From four octets. */
    public static Inet4Address of(byte[] octets) {
        try {
            return (Inet4Address) InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("IPv4 address of " + octets.length + " octets; expected 4", e);
        }
    }

    /** From dotted decimal, four numbers of 0 to 255. */
    public static Inet4Address parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        byte[] octets = new byte[4];
        boolean valid = parts.length == 4;
        for (int i = 0; valid && i < 4; i++) {
            valid = parts[i].matches("\\d{1,3}") && Integer.parseInt(parts[i]) <= 255;
            octets[i] = valid ? (byte) Integer.parseInt(parts[i]) : 0;
        }
        if (!valid) {
            throw new IllegalArgumentException("'" + text + "' is not an IPv4 address; expected the form 192.0.2.1");
        }
        return of(octets);
    }

    /** As 32 bits, the first octet highest. */
    public static int bits(Inet4Address address) {
        byte[] octets = address.getAddress();
        return (octets[0] << 24) | ((octets[1] & 0xff) << 16) | ((octets[2] & 0xff) << 8) | (octets[3] & 0xff);
    }
}
