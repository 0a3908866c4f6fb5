package io.slipway.dhcp.codec;

import io.netty.handler.codec.DecoderException;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * How a value stands on the wire.
 *
 * @param name what people call the type in configuration: {@code ip-address}, {@code uint16} …
 * @param decode fails with {@link DecoderException} on bytes that are not of this type
 * @param encode fails with {@link IllegalArgumentException} on a value that does not fit
 */
public record OptionType<T>(String name, Function<byte[], T> decode, Function<T, byte[]> encode) {

    /** Any bytes. */
    public static final OptionType<byte[]> BYTES = new OptionType<>("binary", byte[]::clone, byte[]::clone);

    /** Text; trailing NULs are ignored on receipt (RFC 2132 section 2). Latin-1, so that every byte survives. */
    public static final OptionType<String> STRING =
            new OptionType<>("string", OptionType::text, text -> text.getBytes(StandardCharsets.ISO_8859_1));

    public static final OptionType<Integer> UINT8 =
            new OptionType<>("uint8", bytes -> (int) unsigned(bytes, 1), value -> bytes(value, 1));
    public static final OptionType<Integer> UINT16 =
            new OptionType<>("uint16", bytes -> (int) unsigned(bytes, 2), value -> bytes(value, 2));
    public static final OptionType<Long> UINT32 =
            new OptionType<>("uint32", bytes -> unsigned(bytes, 4), value -> bytes(value, 4));

    /** Whole seconds in 32 bits; 0xffffffff is infinity (RFC 2131 section 3.3). */
    public static final OptionType<Duration> SECONDS = new OptionType<>(
            "seconds",
            bytes -> Duration.ofSeconds(unsigned(bytes, 4)),
            duration -> bytes(Math.min(duration.toSeconds(), 0xffff_ffffL), 4));

    public static final OptionType<Inet4Address> ADDRESS = new OptionType<>(
            "ip-address",
            bytes -> Addresses.of((int) unsigned(bytes, 4)),
            address -> bytes(Addresses.bits(address), 4));

    /** One address or more. */
    public static final OptionType<List<Inet4Address>> ADDRESSES =
            new OptionType<>("ip-addresses", OptionType::addresses, OptionType::bytes);

    private static String text(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static long unsigned(byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new DecoderException(bytes.length + " bytes; expected " + length);
        }
        long value = 0;
        for (byte octet : bytes) {
            value = (value << 8) | (octet & 0xff);
        }
        return value;
    }

    private static byte[] bytes(long value, int length) {
        if (length < 4 && (value < 0 || value >>> (8 * length) != 0)) {
            throw new IllegalArgumentException(value + " does not fit " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >>> (8 * (length - 1 - i)));
        }
        return bytes;
    }

    private static List<Inet4Address> addresses(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % 4 != 0) {
            throw new DecoderException(bytes.length + " bytes; expected a multiple of 4");
        }
        List<Inet4Address> addresses = new ArrayList<>(bytes.length / 4);
        for (int i = 0; i < bytes.length; i += 4) {
            addresses.add(Addresses.of(Arrays.copyOfRange(bytes, i, i + 4)));
        }
        return List.copyOf(addresses);
    }

    private static byte[] bytes(List<Inet4Address> addresses) {
        byte[] bytes = new byte[4 * addresses.size()];
        for (int i = 0; i < addresses.size(); i++) {
            System.arraycopy(addresses.get(i).getAddress(), 0, bytes, 4 * i, 4);
        }
        return bytes;
    }
}
