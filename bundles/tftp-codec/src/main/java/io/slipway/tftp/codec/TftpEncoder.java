package io.slipway.tftp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Map;

/** Writes packets. */
public final class TftpEncoder {

    /** The bytes of a DATA packet before its payload: opcode and block number. */
    public static final int DATA_HEADER = 4;

    private TftpEncoder() {}

    /** Appends the packet. */
    public static void encode(TftpPacket packet, ByteBuf out) {
        out.writeShort(packet.opcode());
        if (packet instanceof ReadRequest request) {
            writeText(out, request.path());
            writeText(out, request.mode());
            writeOptions(out, request.options());
        } else if (packet instanceof WriteRequest request) {
            writeText(out, request.path());
            writeText(out, request.mode());
            writeOptions(out, request.options());
        } else if (packet instanceof Data data) {
            out.writeShort(data.block());
            out.writeBytes(data.payload());
        } else if (packet instanceof Ack ack) {
            out.writeShort(ack.block());
        } else if (packet instanceof ErrorPacket error) {
            out.writeShort(error.code().code());
            writeText(out, error.message());
        } else if (packet instanceof OptionAck ack) {
            writeOptions(out, ack.options());
        }
    }

    /**
     * Appends the header of a DATA packet; the caller appends the payload, so that a file's bytes are copied once.
     *
     * @param block counted from 1 without end; its low 16 bits go on the wire, so 65535 is followed by 0
     */
    public static void dataHeader(long block, ByteBuf out) {
        out.writeShort(Data.OPCODE);
        out.writeShort((int) block);
    }

    private static void writeOptions(ByteBuf out, Map<String, String> options) {
        options.forEach((name, value) -> {
            writeText(out, name);
            writeText(out, value);
        });
    }

    private static void writeText(ByteBuf out, String text) {
        ByteBufUtil.writeUtf8(out, text);
        out.writeByte(0);
    }
}
