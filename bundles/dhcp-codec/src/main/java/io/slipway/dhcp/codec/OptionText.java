package io.slipway.dhcp.codec;

import java.net.Inet4Address;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms of {@link OptionType} that people write and read. */
final class OptionText {

    private OptionText() {}

    static byte[] bytes(String text) {
        String digits = text.strip().replaceFirst("^0[xX]", "");
        if (!digits.matches("[0-9a-fA-F]{2}([:\\s-]?[0-9a-fA-F]{2})*")) {
            throw new IllegalArgumentException("'" + text + "' is not hexadecimal");
        }
        return HexFormat.of().parseHex(digits.replaceAll("[:\\s-]", ""));
    }

    static String text(byte[] bytes) {
        return HexFormat.ofDelimiter(":").formatHex(bytes);
    }

    static String string(String text) {
        String value = text.strip();
        if (value.isEmpty() || value.chars().anyMatch(c -> c == 0 || c > 0xff)) {
            throw new IllegalArgumentException("'" + text + "' is empty or not Latin-1");
        }
        return value;
    }

    static boolean truth(String text) {
        return switch (text.strip()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    static boolean flag(String text) {
        if (!truth(text)) {
            throw new IllegalArgumentException("an option without a value is there or it is not");
        }
        return true;
    }

    /** Decimal, or hexadecimal behind 0x. */
    static long number(String text, long least, long most) {
        long value = Long.decode(text.strip().replaceFirst("^(-?)0+(?=\\d)", "$1"));
        if (value < least || value > most) {
            throw new IllegalArgumentException(value + " is not " + least + " to " + most);
        }
        return value;
    }

    static List<Integer> numbers(String text, long most) {
        return items(text).map(item -> (int) number(item, 0, most)).toList();
    }

    static List<Inet4Address> addresses(String text) {
        return items(text).map(Addresses::parse).toList();
    }

    static List<Inet4Address> addressPairs(String text) {
        List<Inet4Address> addresses = addresses(text);
        if (addresses.size() % 2 != 0) {
            throw new IllegalArgumentException("an odd number of addresses");
        }
        return addresses;
    }

    static String pairs(List<Inet4Address> addresses) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < addresses.size(); i++) {
            text.append(i == 0 ? "" : i % 2 == 0 ? ", " : " ")
                    .append(addresses.get(i).getHostAddress());
        }
        return text.toString();
    }

    static String text(List<?> values) {
        return values.stream()
                .map(value -> value instanceof Inet4Address address ? address.getHostAddress() : value.toString())
                .collect(Collectors.joining(", "));
    }

    /** At least one, with commas or blanks between. */
    static Stream<String> items(String text) {
        String[] items = text.strip().split("[,\\s]+");
        if (items[0].isEmpty()) {
            throw new IllegalArgumentException("there is none");
        }
        return Arrays.stream(items);
    }
}
