package io.slipway.dhcp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes to messages (RFC 2131 section 2; options in RFC 2132, 3396). */
public final class DhcpDecoder {

    private static final int OVERLOADS_FILE = 1;
    private static final int OVERLOADS_SNAME = 2;

    /** Where {@code chaddr} and {@code sname} begin. */
    private static final int CHADDR = 28;

    private static final int SNAME = CHADDR + Wire.CHADDR_LENGTH;

    private DhcpDecoder() {}

    /**
     * Reads one message. What follows the END option is ignored, and a missing END is tolerated, as some ROMs leave it
     * out. Option 52 is followed and does not show in the message: it tells how the message was written, no more.
     *
     * @param bytes the payload of one datagram; its reader index stays
     * @throws DecoderException the bytes are no DHCP message: too short, op neither 1 nor 2, hlen over 16, no magic
     *     cookie (plain BOOTP of before RFC 1048), an option that overruns its field; nothing else is thrown
     */
    public static DhcpMessage decode(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length < Wire.HEADER_LENGTH + Wire.COOKIE_LENGTH) {
            throw new DecoderException(
                    length + " bytes; expected at least " + (Wire.HEADER_LENGTH + Wire.COOKIE_LENGTH));
        }
        ByteBuf in = bytes.slice();
        DhcpMessage.Builder message = DhcpMessage.builder();
        header(in, message);
        int cookie = in.getInt(Wire.HEADER_LENGTH);
        if (cookie != Wire.MAGIC_COOKIE) {
            throw new DecoderException("magic cookie 0x" + Integer.toHexString(cookie) + "; expected 0x63825363");
        }
        OptionBytes options = message.options();
        OptionReader.read(in, Wire.HEADER_LENGTH + Wire.COOKIE_LENGTH, length, "options", options);
        int overload = overload(options);
        int file = SNAME + Wire.SNAME_LENGTH;
        // the order of the fields is that of RFC 3396 section 5
        if ((overload & OVERLOADS_FILE) != 0) {
            OptionReader.read(in, file, file + Wire.FILE_LENGTH, "file", options);
        } else {
            message.bootFile(text(in, file, Wire.FILE_LENGTH));
        }
        if ((overload & OVERLOADS_SNAME) != 0) {
            OptionReader.read(in, SNAME, file, "sname", options);
        } else {
            message.serverName(text(in, SNAME, Wire.SNAME_LENGTH));
        }
        return message.finish();
    }

    private static void header(ByteBuf in, DhcpMessage.Builder message) {
        int op = in.readUnsignedByte();
        if (op != DhcpMessage.BOOTREQUEST && op != DhcpMessage.BOOTREPLY) {
            throw new DecoderException("op " + op + "; expected 1 or 2");
        }
        int hardwareType = in.readUnsignedByte();
        int hardwareLength = in.readUnsignedByte();
        if (hardwareLength > DhcpMessage.MAX_HARDWARE_ADDRESS) {
            throw new DecoderException("hlen " + hardwareLength + "; expected at most 16");
        }
        message.op(op)
                .hops(in.readUnsignedByte())
                .xid(in.readInt())
                .seconds(in.readUnsignedShort())
                .flags(in.readUnsignedShort())
                .clientAddress(address(in))
                .yourAddress(address(in))
                .nextServer(address(in))
                .relayAddress(address(in))
                .hardware(hardwareType, bytes(in, CHADDR, hardwareLength));
    }

    private static Inet4Address address(ByteBuf in) {
        return Addresses.of(in.readInt());
    }

    private static byte[] bytes(ByteBuf in, int from, int length) {
        byte[] bytes = new byte[length];
        in.getBytes(from, bytes);
        return bytes;
    }

    /** RFC 2131 section 2 wants a NUL; of a field without one the last byte is taken for it. */
    private static String text(ByteBuf in, int from, int fieldLength) {
        int length = 0;
        while (length < fieldLength - 1 && in.getByte(from + length) != 0) {
            length++;
        }
        return length == 0 ? "" : new String(bytes(in, from, length), StandardCharsets.ISO_8859_1);
    }

    /** RFC 2132 section 9.3: 1 file, 2 sname, 3 both. Without a sound value nobody knows where the options are. */
    private static int overload(OptionBytes options) {
        byte[] value = options.get(DhcpOptions.DHCP_OPTION_OVERLOAD.code());
        options.remove(DhcpOptions.DHCP_OPTION_OVERLOAD.code());
        if (value == null || value.length == 0) {
            return 0;
        }
        if (value.length != 1 || value[0] < 1 || value[0] > 3) {
            throw new DecoderException(
                    "option 52 (dhcp-option-overload) " + Arrays.toString(value) + "; expected one byte, 1 to 3");
        }
        return value[0];
    }
}
