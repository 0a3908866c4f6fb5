package io.slipway.dhcp.codec;

import io.netty.handler.codec.DecoderException;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The wire forms of {@link OptionType}. Numbers are in network order. */
final class OptionEncoding {

    private OptionEncoding() {}

    static String string(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static long unsigned(byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new DecoderException(bytes.length + " bytes; expected " + length);
        }
        return unsigned(bytes, 0, length);
    }

    private static long unsigned(byte[] bytes, int offset, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = (value << 8) | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    static byte[] of(long value, int length) {
        if (length < 4 && (value < 0 || value >>> (8 * length) != 0)) {
            throw new IllegalArgumentException(value + " does not fit " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >>> (8 * (length - 1 - i)));
        }
        return bytes;
    }

    static boolean truth(byte[] bytes) {
        long value = unsigned(bytes, 1);
        if (value > 1) {
            throw new DecoderException(value + "; expected 0 or 1");
        }
        return value == 1;
    }

    static boolean flag(byte[] bytes) {
        if (bytes.length != 0) {
            throw new DecoderException(bytes.length + " bytes; expected none");
        }
        return true;
    }

    static List<Integer> numbers(byte[] bytes, int length) {
        requireMultiple(bytes, length);
        List<Integer> numbers = new ArrayList<>(bytes.length / length);
        for (int i = 0; i < bytes.length; i += length) {
            numbers.add((int) unsigned(bytes, i, length));
        }
        return List.copyOf(numbers);
    }

    static byte[] of(List<Integer> numbers, int length) {
        byte[] bytes = new byte[length * numbers.size()];
        for (int i = 0; i < numbers.size(); i++) {
            System.arraycopy(of(numbers.get(i), length), 0, bytes, length * i, length);
        }
        return bytes;
    }

    static List<Inet4Address> addresses(byte[] bytes) {
        return addresses(bytes, 4);
    }

    static List<Inet4Address> addressPairs(byte[] bytes) {
        return addresses(bytes, 8);
    }

    private static List<Inet4Address> addresses(byte[] bytes, int multiple) {
        requireMultiple(bytes, multiple);
        List<Inet4Address> addresses = new ArrayList<>(bytes.length / 4);
        for (int i = 0; i < bytes.length; i += 4) {
            addresses.add(Addresses.of(Arrays.copyOfRange(bytes, i, i + 4)));
        }
        return List.copyOf(addresses);
    }

    static byte[] ofAddresses(List<Inet4Address> addresses) {
        byte[] bytes = new byte[4 * addresses.size()];
        for (int i = 0; i < addresses.size(); i++) {
            System.arraycopy(addresses.get(i).getAddress(), 0, bytes, 4 * i, 4);
        }
        return bytes;
    }

    private static void requireMultiple(byte[] bytes, int length) {
        if (bytes.length == 0 || bytes.length % length != 0) {
            throw new DecoderException(bytes.length + " bytes; expected a multiple of " + length);
        }
    }
}
