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
        ByteBuf in = bytes.slice();
        if (in.readableBytes() < Wire.HEADER_LENGTH + Wire.COOKIE_LENGTH) {
            throw new DecoderException(
                    in.readableBytes() + " bytes; expected at least " + (Wire.HEADER_LENGTH + Wire.COOKIE_LENGTH));
        }
        DhcpMessage.Builder message = DhcpMessage.builder();
        header(in, message);
        byte[] sname = field(in, Wire.SNAME_LENGTH);
        byte[] file = field(in, Wire.FILE_LENGTH);
        int cookie = in.readInt();
        if (cookie != Wire.MAGIC_COOKIE) {
            throw new DecoderException("magic cookie 0x" + Integer.toHexString(cookie) + "; expected 0x63825363");
        }
        OptionCollector options = new OptionCollector();
        options.read(in, "options");
        int overload = overload(options);
        // the order of the fields is that of RFC 3396 section 5
        if ((overload & OVERLOADS_FILE) != 0) {
            options.read(file, "file");
        } else {
            message.bootFile(text(file));
        }
        if ((overload & OVERLOADS_SNAME) != 0) {
            options.read(sname, "sname");
        } else {
            message.serverName(text(sname));
        }
        options.forEach(message::bytes);
        return message.build();
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
                .hardware(hardwareType, Arrays.copyOf(field(in, Wire.CHADDR_LENGTH), hardwareLength));
    }

    private static Inet4Address address(ByteBuf in) {
        return Addresses.of(in.readInt());
    }

    private static byte[] field(ByteBuf in, int length) {
        byte[] field = new byte[length];
        in.readBytes(field);
        return field;
    }

    /** RFC 2131 section 2 wants a NUL; of a field without one the last byte is taken for it. */
    private static String text(byte[] field) {
        int length = 0;
        while (length < field.length - 1 && field[length] != 0) {
            length++;
        }
        return new String(field, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** RFC 2132 section 9.3: 1 file, 2 sname, 3 both. Without a sound value nobody knows where the options are. */
    private static int overload(OptionCollector options) {
        byte[] value = options.remove(DhcpOptions.DHCP_OPTION_OVERLOAD.code());
        if (value.length == 0) {
            return 0;
        }
        if (value.length != 1 || value[0] < 1 || value[0] > 3) {
            throw new DecoderException(
                    "option 52 (dhcp-option-overload) " + Arrays.toString(value) + "; expected one byte, 1 to 3");
        }
        return value[0];
    }
}
