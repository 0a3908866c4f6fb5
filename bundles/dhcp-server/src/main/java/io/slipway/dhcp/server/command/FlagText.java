package io.slipway.dhcp.server.command;

import io.slipway.boot.BootTransport;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.dhcp.codec.Addresses;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.karaf.shell.support.CommandException;

/** The values of a command's flags; a wrong one is refused with flag, value and what was expected. */
final class FlagText {

    private static final String HTTP = "-http";

    /** More than IANA has given away. */
    private static final int MOST_CODE = 255;

    private FlagText() {}

    /** Nothing of nothing. */
    static <T> Optional<T> read(String flag, String text, String expected, Function<String, T> parse)
            throws CommandException {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new CommandException(flag + " " + text + "; expected " + expected, e);
        }
    }

    static Optional<Inet4Address> address(String flag, String text) throws CommandException {
        return read(flag, text, "an IPv4 address such as 192.0.2.1", Addresses::parse);
    }

    static Optional<UUID> uuid(String flag, String text) throws CommandException {
        return read(flag, text, "a UUID such as 12345678-1234-5678-90ab-001122334455", UUID::fromString);
    }

    /** Hexadecimal behind {@code 0x} or with colons; else the text's own bytes. */
    static Optional<byte[]> bytes(String flag, String text) throws CommandException {
        return read(flag, text, "text, or hexadecimal such as 0x0102 or 01:02", FlagText::bytes);
    }

    private static byte[] bytes(String text) {
        if (text.startsWith("0x")) {
            return HexFormat.of().parseHex(text.substring(2));
        }
        return text.matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2})+")
                ? HexFormat.ofDelimiter(":").parseHex(text)
                : text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Optional<FirmwareArchitecture> architecture(String flag, String text) throws CommandException {
        return read(flag, text, "one of " + String.join(", ", architectures()) + ", or a number", name -> {
            if (name.matches("\\d{1,5}")) {
                return new FirmwareArchitecture(Integer.parseInt(name));
            }
            return named(name).orElseThrow(() -> new IllegalArgumentException("no such architecture"));
        });
    }

    /** The names of {@link FirmwareArchitecture}, and those of the same that boot by HTTP. */
    static List<String> architectures() {
        List<String> names = FirmwareArchitecture.names();
        return Stream.concat(
                        names.stream(), names.stream().map(name -> name + HTTP).filter(name -> named(name)
                                .isPresent()))
                .toList();
    }

    private static Optional<FirmwareArchitecture> named(String name) {
        if (!name.endsWith(HTTP)) {
            return FirmwareArchitecture.named(name);
        }
        String kind = name.substring(0, name.length() - HTTP.length());
        return IntStream.rangeClosed(0, MOST_CODE)
                .mapToObj(FirmwareArchitecture::new)
                .filter(one ->
                        one.transport() == BootTransport.HTTP && one.toString().equals(kind))
                .findFirst();
    }
}
