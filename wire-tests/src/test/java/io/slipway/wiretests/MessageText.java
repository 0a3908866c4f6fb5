package io.slipway.wiretests;

import io.netty.buffer.Unpooled;
import io.slipway.dhcp.codec.DhcpMessageType;
import io.slipway.dhcp.codec.DhcpOption;
import io.slipway.dhcp.codec.DhcpOptions;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A message as annotated hex, and back. Knows nothing of the decoder, so that it shows what that gets wrong too. */
final class MessageText {

    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
    private static final int COLUMN = 50;
    private static final int WIDTH = 46;
    private static final int OPTIONS = 240;

    private static final Map<Integer, String> NAMES =
            DhcpOptions.all().stream().collect(Collectors.toMap(DhcpOption::code, DhcpOption::name, (a, b) -> a));

    private final StringBuilder text = new StringBuilder();
    private final byte[] message;
    private int at;

    private MessageText(byte[] message) {
        this.message = message;
    }

    static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    /** Hex octets, {@code 00*10} for ten of them, {@code #} for comments. */
    static byte[] bytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .flatMap(line -> Arrays.stream(line.split("\\s+")))
                .forEach(word -> {
                    String[] parts = word.split("\\*");
                    for (int i = parts.length == 2 ? Integer.parseInt(parts[1]) : 1; i > 0; i--) {
                        bytes.writeBytes(HexFormat.of().parseHex(parts[0]));
                    }
                });
        return bytes.toByteArray();
    }

    /** A whole message, a line for each field and option. */
    static String of(byte[] message) {
        return new MessageText(message).write();
    }

    private String write() {
        if (message.length < OPTIONS) {
            return hex(message);
        }
        field(4, bytes -> "op " + bytes[0] + ", htype, hlen, hops");
        field(4, bytes -> "xid");
        field(4, bytes -> "secs, flags");
        for (String name : new String[] {"ciaddr", "yiaddr", "siaddr", "giaddr"}) {
            field(4, bytes -> name + " " + address(bytes));
        }
        field(16, bytes -> "chaddr");
        field(64, bytes -> "sname " + printable(bytes));
        field(128, bytes -> "file " + printable(bytes));
        field(4, bytes -> "magic cookie");
        while (at < message.length) {
            option();
        }
        return text.toString().stripTrailing();
    }

    private void option() {
        int code = message[at] & 0xff;
        if (code == 0) {
            int end = at;
            while (end < message.length && message[end] == 0) {
                end++;
            }
            field(end - at, bytes -> "padding");
        } else if (code == 255 || at + 1 == message.length) {
            field(1, bytes -> code == 255 ? "END" : "an option without a length");
        } else {
            int length = Math.min(2 + (message[at + 1] & 0xff), message.length - at);
            field(length, bytes -> code + " " + NAMES.getOrDefault(code, "") + meaning(code, bytes));
        }
    }

    private static String meaning(int code, byte[] option) {
        byte[] value = Arrays.copyOfRange(option, 2, option.length);
        if (code == DhcpOptions.DHCP_MESSAGE_TYPE.code() && value.length == 1) {
            return " " + DhcpMessageType.of(value[0]).map(Enum::name).orElse("");
        }
        if (value.length > 2 && isPrintable(value)) {
            return " " + printable(value);
        }
        return value.length == 4 ? " " + address(value) : "";
    }

    private static boolean isPrintable(byte[] value) {
        return Unpooled.wrappedBuffer(value).forEachByte(b -> b == 0 || (b >= ' ' && b <= '~')) < 0;
    }

    private static String address(byte[] bytes) {
        return (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
    }

    /** Up to the first NUL. */
    private static String printable(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < bytes.length && bytes[i] != 0; i++) {
            shown.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
        }
        return shown.toString();
    }

    private void field(int length, Function<byte[], String> comment) {
        byte[] bytes = Arrays.copyOfRange(message, at, at + length);
        at += length;
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        int zeros = bytes.length - end;
        String shown = zeros < 5 ? hex(bytes) : (hex(Arrays.copyOf(bytes, end)) + " 00*" + zeros).strip();
        String remark = comment.apply(bytes).strip();
        StringBuilder line = new StringBuilder();
        for (String word : shown.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                remark = write(line, remark);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        write(line, remark);
    }

    /** Only the first line of a field has its remark. */
    private String write(StringBuilder line, String remark) {
        String rest = remark.isEmpty() ? "" : " ".repeat(Math.max(1, COLUMN - line.length())) + "# " + remark;
        text.append(line).append(rest).append('\n');
        line.setLength(0);
        return "";
    }
}
