package io.slipway.tftp.codec;

import java.util.Arrays;

/**
 * DATA: one block of a file. A server that sends many writes {@link TftpEncoder#dataHeader} and the file's bytes into
 * one buffer instead.
 *
 * @param block the block number on the wire, 0 to 65535; the first block is 1, and 65535 is followed by 0
 * @param payload 0 to {@value #MAXIMUM_PAYLOAD} bytes; fewer than the block size in the last block. Copied in and out.
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by its bytes
public record Data(int block, byte[] payload) implements TftpPacket {

    public static final int OPCODE = 3;

    /** The largest block size (RFC 2348). */
    public static final int MAXIMUM_PAYLOAD = 65464;

    public Data {
        WireText.checkBlock(block);
        if (payload.length > MAXIMUM_PAYLOAD) {
            throw new IllegalArgumentException("payload of " + payload.length + " bytes; at most " + MAXIMUM_PAYLOAD);
        }
        payload = payload.clone();
    }

    @Override
    public int opcode() {
        return OPCODE;
    }

    @Override
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Data data && block == data.block && Arrays.equals(payload, data.payload);
    }

    @Override
    public int hashCode() {
        return 31 * block + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return "Data[block=" + block + ", payload of " + payload.length + " bytes]";
    }
}
