package io.slipway.dhcp.server.command;

import io.netty.handler.codec.DecoderException;
import io.slipway.boot.FirmwareArchitecture;
import io.slipway.dhcp.codec.Addresses;
import io.slipway.dhcp.codec.DhcpMessage;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import io.slipway.dhcp.codec.MachineUuid;
import io.slipway.dhcp.codec.UserClass;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.UUID;

/** Messages as people read them: each field that is set and each option, by name. Text of the network is made printable. */
final class MessageText {

    private static final int MOST_CODE = 254;
    private static final int END = 255;
    private static final HexFormat HEX = HexFormat.ofDelimiter(":");

    private MessageText() {}

    /** By name, the fields of the header that answer a request, and the options by code; what is not set is left out. */
    static Map<String, String> facts(DhcpMessage message) {
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, "ciaddr", message.clientAddress());
        put(facts, "yiaddr", message.yourAddress());
        put(facts, "siaddr", message.nextServer());
        put(facts, "giaddr", message.relayAddress());
        put(facts, "sname", message.serverName());
        put(facts, "file", message.bootFile());
        for (int code = 1; code <= MOST_CODE; code++) {
            Optional<byte[]> bytes = message.bytes(code);
            if (bytes.isPresent()) {
                facts.put(name(code), value(code, bytes.get()));
            }
        }
        return facts;
    }

    /** Every field and option, a line each. */
    static List<String> lines(DhcpMessage message) {
        List<String> lines = new ArrayList<>();
        lines.add("xid " + xid(message) + ", chaddr " + HEX.formatHex(message.hardwareAddress())
                + (message.isBroadcast() ? ", broadcast flag" : "")
                + (message.hops() == 0 ? "" : ", hops " + message.hops())
                + (message.seconds() == 0 ? "" : ", secs " + message.seconds()));
        facts(message).forEach((name, value) -> lines.add(name + ": " + value));
        return lines;
    }

    /** What has changed of a message, a line each: {@code + name: value}, {@code - name: value}, {@code ~ name: …}. */
    static List<String> changes(DhcpMessage before, DhcpMessage after) {
        List<String> lines = new ArrayList<>();
        Map<String, String> old = facts(before);
        Map<String, String> now = facts(after);
        now.forEach((name, value) -> {
            if (!old.containsKey(name)) {
                lines.add("+ " + name + ": " + value);
            } else if (!old.get(name).equals(value)) {
                lines.add("~ " + name + ": " + value + ", which was " + old.get(name));
            }
        });
        old.forEach((name, value) -> {
            if (!now.containsKey(name)) {
                lines.add("- " + name + ": " + value);
            }
        });
        if (before.flags() != after.flags()) {
            lines.add("~ flags: " + Integer.toHexString(after.flags()));
        }
        return lines;
    }

    /** {@code DISCOVER}; {@code BOOTP} of a message without a type. */
    static String type(DhcpMessage message) {
        return message.bytes(DhcpOptions.DHCP_MESSAGE_TYPE.code())
                .map(bytes -> value(DhcpOptions.DHCP_MESSAGE_TYPE.code(), bytes))
                .orElse("BOOTP");
    }

    static String xid(DhcpMessage message) {
        return HexFormat.of().toHexDigits(message.xid());
    }

    static String mac(DhcpMessage message) {
        return HEX.formatHex(message.hardwareAddress());
    }

    private static void put(Map<String, String> facts, String name, Inet4Address address) {
        if (!address.equals(Addresses.ANY)) {
            facts.put(name, address.getHostAddress());
        }
    }

    private static void put(Map<String, String> facts, String name, String text) {
        if (!text.isEmpty()) {
            facts.put(name, UserClass.printable(text));
        }
    }

    private static String name(int code) {
        return DhcpOptions.of(code).map(DhcpOption::toString).orElse("option " + code);
    }

    /** Never fails: bytes that are not of the option's type are shown as they are. */
    static String value(int code, byte[] bytes) {
        return switch (code) {
            case 43, 82, 175 -> suboptions(bytes);
            case 53 ->
                Optional.of(bytes)
                        .filter(one -> one.length == 1)
                        .flatMap(one -> DhcpMessageType.of(one[0]))
                        .map(Enum::name)
                        .orElseGet(() -> "TYPE " + HEX.formatHex(bytes));
            case 55 -> numbers(bytes);
            case 77 -> UserClass.parse(bytes).orElse("");
            case 93 -> architectures(bytes);
            case 97 -> MachineUuid.parse(bytes).map(UUID::toString).orElseGet(() -> HEX.formatHex(bytes));
            default -> typed(code, bytes);
        };
    }

    private static String typed(int code, byte[] bytes) {
        try {
            return DhcpOptions.of(code)
                    .map(option -> UserClass.printable(option.type().text(bytes)))
                    .orElseGet(() -> HEX.formatHex(bytes));
        } catch (DecoderException e) {
            return HEX.formatHex(bytes) + " (not "
                    + DhcpOptions.of(code).orElseThrow().type().name() + ")";
        }
    }

    private static String numbers(byte[] bytes) {
        StringJoiner numbers = new StringJoiner(", ");
        for (byte one : bytes) {
            numbers.add(String.valueOf(one & 0xff));
        }
        return numbers.toString();
    }

    /** RFC 4578 section 2.1: 16-bit codes. */
    private static String architectures(byte[] bytes) {
        if (bytes.length == 0 || bytes.length % 2 != 0) {
            return HEX.formatHex(bytes);
        }
        StringJoiner names = new StringJoiner(", ");
        for (int i = 0; i < bytes.length; i += 2) {
            int code = (bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff);
            names.add(code + " (" + new FirmwareArchitecture(code) + ")");
        }
        return names.toString();
    }

    /** {@code 1=0a:00, 2=ff} when the bytes are tags, lengths and values to the end; else as they are. */
    private static String suboptions(byte[] bytes) {
        StringJoiner all = new StringJoiner(", ");
        int at = 0;
        while (at < bytes.length && (bytes[at] & 0xff) != END) {
            if (bytes[at] == 0) {
                at++;
                continue;
            }
            int length = at + 1 < bytes.length ? bytes[at + 1] & 0xff : END;
            if (length > bytes.length - at - 2) {
                return HEX.formatHex(bytes);
            }
            all.add((bytes[at] & 0xff) + "=" + HEX.formatHex(bytes, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return all.toString();
    }
}
