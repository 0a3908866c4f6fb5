package io.slipway.boot;

import java.util.regex.Pattern;

/**
 * An EUI-48 hardware address.
 *
 * @param bits the 48 bits, the first octet on the wire highest
 */
public record MacAddress(long bits) implements Comparable<MacAddress> {

    /** Octets on the wire. */
    public static final int LENGTH = 6;

    private static final Pattern TEXT = Pattern.compile("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{12}");

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("MAC address of more than 48 bits: " + Long.toHexString(bits));
        }
    }

    /** From six octets in wire order. */
    public static MacAddress of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("MAC address of " + octets.length + " octets; expected " + LENGTH);
        }
        long bits = 0;
        for (byte octet : octets) {
            bits = (bits << 8) | (octet & 0xff);
        }
        return new MacAddress(bits);
    }

    /** From {@code 52:54:00:12:34:56}, with {@code -} for {@code :}, or without separators; in any case. */
    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("MAC address '" + text + "'; expected the form 52:54:00:12:34:56");
        }
        return new MacAddress(Long.parseLong(text.replaceAll("[:-]", ""), 16));
    }

    /** The six octets in wire order. */
    public byte[] octets() {
        byte[] octets = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            octets[i] = (byte) (bits >>> (8 * (LENGTH - 1 - i)));
        }
        return octets;
    }

    /** The form with {@code -}, as boot loaders use it in file names: {@code 52-54-00-12-34-56}. */
    public String dashed() {
        return toString().replace(':', '-');
    }

    @Override
    public int compareTo(MacAddress other) {
        return Long.compare(bits, other.bits);
    }

    /** {@code 52:54:00:12:34:56}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (bits >>> shift) & 0xff;
            text.append(Character.forDigit(octet >> 4, 16)).append(Character.forDigit(octet & 15, 16));
            if (shift > 0) {
                text.append(':');
            }
        }
        return text.toString();
    }
}
