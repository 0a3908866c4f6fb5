package io.slipway.tftp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one datagram. Text is read as UTF-8 (of which netascii is a part); what is not UTF-8 becomes U+FFFD. Strict
 * where a guess could name another file, lenient where nothing hangs on it.
 */
public final class TftpDecoder {

    /** The largest request (RFC 2347). */
    public static final int MAXIMUM_REQUEST = 512;

    private TftpDecoder() {}

    /**
     * Reads the packet that fills the buffer's readable bytes; the buffer is read to its end and not released.
     *
     * @throws DecoderException for bytes that are no TFTP packet; nothing else is thrown, whatever the bytes
     */
    public static TftpPacket decode(ByteBuf in) {
        int size = in.readableBytes();
        int opcode = readShort(in, "opcode");
        TftpPacket packet =
                switch (opcode) {
                    case ReadRequest.OPCODE -> {
                        checkRequestSize(size);
                        yield new ReadRequest(readText(in, "path"), readText(in, "mode"), readOptions(in));
                    }
                    case WriteRequest.OPCODE -> {
                        checkRequestSize(size);
                        yield new WriteRequest(readText(in, "path"), readText(in, "mode"), readOptions(in));
                    }
                    case Data.OPCODE -> new Data(readShort(in, "block number"), readPayload(in));
                    case Ack.OPCODE -> new Ack(readShort(in, "block number"));
                    case ErrorPacket.OPCODE ->
                        new ErrorPacket(new TftpErrorCode(readShort(in, "error code")), readMessage(in));
                    case OptionAck.OPCODE -> new OptionAck(readOptions(in));
                    default -> throw new DecoderException("TFTP opcode " + opcode);
                };
        in.skipBytes(in.readableBytes());
        return packet;
    }

    private static void checkRequestSize(int size) {
        if (size > MAXIMUM_REQUEST) {
            throw new DecoderException("TFTP request of " + size + " bytes; at most " + MAXIMUM_REQUEST);
        }
    }

    private static int readShort(ByteBuf in, String what) {
        if (in.readableBytes() < Short.BYTES) {
            throw new DecoderException("TFTP packet ends within its " + what);
        }
        return in.readUnsignedShort();
    }

    /** RFC 1350 section 5: each field ends with a NUL. One that does not was cut off, and would name another file. */
    private static String readText(ByteBuf in, String what) {
        int length = in.bytesBefore((byte) 0);
        if (length < 0) {
            throw new DecoderException("TFTP " + what + " has no terminating NUL");
        }
        String text = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
        in.skipBytes(1);
        return text;
    }

    /** Pairs of name and value (RFC 2347). Of a name that comes twice the first value counts. */
    private static Map<String, String> readOptions(ByteBuf in) {
        Map<String, String> options = new LinkedHashMap<>();
        while (in.isReadable()) {
            String name = readText(in, "option name");
            if (name.isEmpty()) {
                checkPadding(in);
            } else {
                options.putIfAbsent(WireText.lowerCase(name, "option name"), readText(in, "option value"));
            }
        }
        return options;
    }

    /** Some ROMs pad their requests with NULs: an option without a name is the padding, and nothing may follow it. */
    private static void checkPadding(ByteBuf in) {
        while (in.isReadable()) {
            if (in.readByte() != 0) {
                throw new DecoderException("TFTP option without a name");
            }
        }
    }

    private static byte[] readPayload(ByteBuf in) {
        if (in.readableBytes() > Data.MAXIMUM_PAYLOAD) {
            throw new DecoderException("TFTP block of " + in.readableBytes() + " bytes");
        }
        byte[] payload = ByteBufUtil.getBytes(in);
        in.skipBytes(payload.length);
        return payload;
    }

    /** An error ends the transfer whatever its text, so a missing terminator is forgiven here. */
    private static String readMessage(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        return in.readCharSequence(length < 0 ? in.readableBytes() : length, StandardCharsets.UTF_8)
                .toString();
    }
}
