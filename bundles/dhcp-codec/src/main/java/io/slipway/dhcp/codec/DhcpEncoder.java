package io.slipway.dhcp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Messages to bytes (RFC 2131 section 2; options in RFC 2132, 3396). */
public final class DhcpEncoder {

    /** Old ROMs look for these before they have read the rest. */
    private static final List<DhcpOption<?>> FIRST =
            List.of(DhcpOptions.DHCP_MESSAGE_TYPE, DhcpOptions.DHCP_SERVER_IDENTIFIER, DhcpOptions.DHCP_LEASE_TIME);

    private DhcpEncoder() {}

    /**
     * Writes one message: options 53, 54 and 51, the others by code, 82 last; at least 300 bytes. Option
     * 52 is left out, as {@code sname} and {@code file} are never overloaded: old ROMs read both from the header.
     *
     * @return a new buffer, the caller's to release
     */
    public static ByteBuf encode(DhcpMessage message, ByteBufAllocator allocator) {
        ByteBuf out = allocator.buffer(Wire.LEAST_LENGTH * 2);
        header(message, out);
        inOrder(message).forEach((code, value) -> option(code, value, out));
        out.writeByte(Wire.END);
        out.writeZero(Math.max(0, Wire.LEAST_LENGTH - out.readableBytes()));
        return out;
    }

    private static void header(DhcpMessage message, ByteBuf out) {
        byte[] hardwareAddress = message.hardwareAddress();
        out.writeByte(message.op())
                .writeByte(message.hardwareType())
                .writeByte(hardwareAddress.length)
                .writeByte(message.hops())
                .writeInt(message.xid())
                .writeShort(message.seconds())
                .writeShort(message.flags())
                .writeInt(Addresses.bits(message.clientAddress()))
                .writeInt(Addresses.bits(message.yourAddress()))
                .writeInt(Addresses.bits(message.nextServer()))
                .writeInt(Addresses.bits(message.relayAddress()));
        field(hardwareAddress, Wire.CHADDR_LENGTH, out);
        field(message.serverName().getBytes(StandardCharsets.ISO_8859_1), Wire.SNAME_LENGTH, out);
        field(message.bootFile().getBytes(StandardCharsets.ISO_8859_1), Wire.FILE_LENGTH, out);
        out.writeInt(Wire.MAGIC_COOKIE);
    }

    private static void field(byte[] value, int length, ByteBuf out) {
        out.writeBytes(value).writeZero(length - value.length);
    }

    private static Map<Integer, byte[]> inOrder(DhcpMessage message) {
        Map<Integer, byte[]> rest = new LinkedHashMap<>(message.options());
        rest.remove(DhcpOptions.DHCP_OPTION_OVERLOAD.code());
        Map<Integer, byte[]> ordered = new LinkedHashMap<>();
        FIRST.forEach(option -> move(option.code(), rest, ordered));
        // relay agents put it last and look for it there (RFC 3046 section 2.1)
        byte[] agentOptions = rest.remove(DhcpOptions.DHCP_AGENT_OPTIONS.code());
        ordered.putAll(rest);
        if (agentOptions != null) {
            ordered.put(DhcpOptions.DHCP_AGENT_OPTIONS.code(), agentOptions);
        }
        return ordered;
    }

    private static void move(int code, Map<Integer, byte[]> from, Map<Integer, byte[]> to) {
        byte[] value = from.remove(code);
        if (value != null) {
            to.put(code, value);
        }
    }

    /** A value over 255 bytes becomes several options of one code, one after the other (RFC 3396 section 6). */
    private static void option(int code, byte[] value, ByteBuf out) {
        int written = 0;
        do {
            int length = Math.min(Wire.MOST_OPTION_BYTES, value.length - written);
            out.writeByte(code).writeByte(length).writeBytes(value, written, length);
            written += length;
        } while (written < value.length);
    }
}
