package io.slipway.dhcp.codec;

import io.netty.handler.codec.DecoderException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a value stands on the wire and in configuration.
 *
 * @param name what people call the type in configuration: {@code ip-address}, {@code uint16} …
 * @param expected the form of a text, for a refusal: "expected …"
 * @param decode fails with {@link DecoderException} on bytes that are not of this type
 * @param encode fails with {@link IllegalArgumentException} on a value that does not fit
 * @param parse reads the text that a person writes; fails with {@link IllegalArgumentException} on any other
 * @param format writes a text that {@code parse} reads as the same value
 */
public record OptionType<T>(
        String name,
        String expected,
        Function<byte[], T> decode,
        Function<T, byte[]> encode,
        Function<String, T> parse,
        Function<T, String> format) {

    /** Any bytes. */
    public static final OptionType<byte[]> BYTES = new OptionType<>(
            "binary",
            "bytes in hexadecimal such as 01:02:0a or 01020a",
            byte[]::clone,
            byte[]::clone,
            OptionText::bytes,
            OptionText::text);

    /** Text; trailing NULs are ignored on receipt (RFC 2132 section 2). Latin-1, so that every byte survives. */
    public static final OptionType<String> STRING = new OptionType<>(
            "string",
            "text of Latin-1 characters, at least one",
            OptionEncoding::string,
            OptionEncoding::of,
            OptionText::string,
            Function.identity());

    /** One byte, 0 or 1. */
    public static final OptionType<Boolean> BOOLEAN = new OptionType<>(
            "boolean",
            "true or false",
            OptionEncoding::truth,
            value -> new byte[] {(byte) (value ? 1 : 0)},
            OptionText::truth,
            String::valueOf);

    /** No bytes: the option is there, or it is not. */
    public static final OptionType<Boolean> FLAG = new OptionType<>(
            "flag",
            "true (leave the key out otherwise)",
            OptionEncoding::flag,
            value -> new byte[0],
            OptionText::flag,
            String::valueOf);

    public static final OptionType<Integer> UINT8 = new OptionType<>(
            "uint8",
            "a number, 0 to 255",
            bytes -> (int) OptionEncoding.unsigned(bytes, 1),
            value -> OptionEncoding.of(value, 1),
            text -> (int) OptionText.number(text, 0, 0xff),
            String::valueOf);

    public static final OptionType<Integer> UINT16 = new OptionType<>(
            "uint16",
            "a number, 0 to 65535",
            bytes -> (int) OptionEncoding.unsigned(bytes, 2),
            value -> OptionEncoding.of(value, 2),
            text -> (int) OptionText.number(text, 0, 0xffff),
            String::valueOf);

    public static final OptionType<Long> UINT32 = new OptionType<>(
            "uint32",
            "a number, 0 to 4294967295",
            bytes -> OptionEncoding.unsigned(bytes, 4),
            value -> OptionEncoding.of(value, 4),
            text -> OptionText.number(text, 0, 0xffff_ffffL),
            String::valueOf);

    public static final OptionType<Integer> INT32 = new OptionType<>(
            "int32",
            "a number, -2147483648 to 2147483647",
            bytes -> (int) OptionEncoding.unsigned(bytes, 4),
            value -> OptionEncoding.of(value, 4),
            text -> (int) OptionText.number(text, Integer.MIN_VALUE, Integer.MAX_VALUE),
            String::valueOf);

    /** One byte or more, each a number. */
    public static final OptionType<List<Integer>> UINT8S = new OptionType<>(
            "uint8s",
            "numbers, 0 to 255, with commas",
            bytes -> OptionEncoding.numbers(bytes, 1),
            values -> OptionEncoding.of(values, 1),
            text -> OptionText.numbers(text, 0xff),
            OptionText::text);

    /** One number of 16 bits or more. */
    public static final OptionType<List<Integer>> UINT16S = new OptionType<>(
            "uint16s",
            "numbers, 0 to 65535, with commas",
            bytes -> OptionEncoding.numbers(bytes, 2),
            values -> OptionEncoding.of(values, 2),
            text -> OptionText.numbers(text, 0xffff),
            OptionText::text);

    /** Whole seconds in 32 bits; 0xffffffff is infinity (RFC 2131 section 3.3). */
    public static final OptionType<Duration> SECONDS = new OptionType<>(
            "seconds",
            "whole seconds, 0 to 4294967295",
            bytes -> Duration.ofSeconds(OptionEncoding.unsigned(bytes, 4)),
            duration -> OptionEncoding.of(Math.min(duration.toSeconds(), 0xffff_ffffL), 4),
            text -> Duration.ofSeconds(OptionText.number(text, 0, 0xffff_ffffL)),
            duration -> String.valueOf(duration.toSeconds()));

    public static final OptionType<Inet4Address> ADDRESS = new OptionType<>(
            "ip-address",
            "an IPv4 address such as 192.0.2.1",
            bytes -> Addresses.of((int) OptionEncoding.unsigned(bytes, 4)),
            address -> OptionEncoding.of(Addresses.bits(address), 4),
            Addresses::parse,
            Inet4Address::getHostAddress);

    /** One address or more. */
    public static final OptionType<List<Inet4Address>> ADDRESSES = new OptionType<>(
            "ip-addresses",
            "IPv4 addresses with commas, such as 192.0.2.1, 192.0.2.2",
            OptionEncoding::addresses,
            OptionEncoding::ofAddresses,
            OptionText::addresses,
            OptionText::text);

    /** An even number of addresses: address and mask, or destination and router (RFC 2132 sections 4.3, 5.8). */
    public static final OptionType<List<Inet4Address>> ADDRESS_PAIRS = new OptionType<>(
            "ip-address-pairs",
            "pairs of IPv4 addresses with commas, such as 198.51.100.7 192.0.2.1, 198.51.100.8 192.0.2.1",
            OptionEncoding::addressPairs,
            OptionEncoding::ofAddresses,
            OptionText::addressPairs,
            OptionText::pairs);

    /** Destinations and their routers (RFC 3442). */
    public static final OptionType<List<ClasslessRoute>> ROUTES = new OptionType<>(
            "routes",
            "routes with commas, such as 10.0.0.0/8 via 192.0.2.1, 0.0.0.0/0 via 192.0.2.1",
            ClasslessRoute::decode,
            ClasslessRoute::encode,
            ClasslessRoute::parse,
            OptionText::text);

    /** Names as DNS writes them (RFC 1035 section 3.1, RFC 3397). */
    public static final OptionType<List<String>> DOMAIN_NAMES = new OptionType<>(
            "domain-names",
            "domain names with commas, such as lab.example, example",
            DomainNames::decode,
            DomainNames::encode,
            DomainNames::parse,
            OptionText::text);

    private static final Map<String, OptionType<?>> BY_NAME = Stream.of(
                    BYTES,
                    STRING,
                    BOOLEAN,
                    FLAG,
                    UINT8,
                    UINT16,
                    UINT32,
                    INT32,
                    UINT8S,
                    UINT16S,
                    SECONDS,
                    ADDRESS,
                    ADDRESSES,
                    ADDRESS_PAIRS,
                    ROUTES,
                    DOMAIN_NAMES)
            .collect(Collectors.toUnmodifiableMap(OptionType::name, Function.identity()));

    /** The type of a name. */
    public static Optional<OptionType<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every type's name. */
    public static Collection<String> names() {
        return BY_NAME.keySet().stream().sorted().toList();
    }

    /** The bytes of a text; fails with {@link IllegalArgumentException} on one that is not as {@link #expected} says. */
    public byte[] bytes(String text) {
        return encode.apply(parse.apply(text));
    }

    /** Bytes as text; fails with {@link DecoderException} on bytes that are not of this type. */
    public String text(byte[] bytes) {
        return format.apply(decode.apply(bytes));
    }
}
