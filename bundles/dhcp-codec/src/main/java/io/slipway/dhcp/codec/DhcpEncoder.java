package io.slipway.dhcp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** Messages to bytes (RFC 2131 section 2; options in RFC 2132, 3396). */
public final class DhcpEncoder {

    /** Old ROMs look for these before they have read the rest. */
    private static final int[] FIRST = {
        DhcpOptions.DHCP_MESSAGE_TYPE.code(),
        DhcpOptions.DHCP_SERVER_IDENTIFIER.code(),
        DhcpOptions.DHCP_LEASE_TIME.code()
    };

    private static final int LAST = DhcpOptions.DHCP_AGENT_OPTIONS.code();

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
        options(message.options(), out);
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
        text(message.serverName(), Wire.SNAME_LENGTH, out);
        text(message.bootFile(), Wire.FILE_LENGTH, out);
        out.writeInt(Wire.MAGIC_COOKIE);
    }

    private static void text(String value, int length, ByteBuf out) {
        if (value.isEmpty()) {
            out.writeZero(length);
        } else {
            field(value.getBytes(StandardCharsets.ISO_8859_1), length, out);
        }
    }

    private static void field(byte[] value, int length, ByteBuf out) {
        out.writeBytes(value).writeZero(length - value.length);
    }

    private static void options(OptionBytes options, ByteBuf out) {
        for (int code : FIRST) {
            byte[] value = options.get(code);
            if (value != null) {
                option(code, value, out);
            }
        }
        options.forEach((code, value) -> {
            if (!isPlaced(code)) {
                option(code, value, out);
            }
        });
        // relay agents put it last and look for it there (RFC 3046 section 2.1)
        byte[] agentOptions = options.get(LAST);
        if (agentOptions != null) {
            option(LAST, agentOptions, out);
        }
    }

    private static boolean isPlaced(int code) {
        for (int first : FIRST) {
            if (code == first) {
                return true;
            }
        }
        return code == LAST || code == DhcpOptions.DHCP_OPTION_OVERLOAD.code();
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
