package io.slipway.tftp.codec;

/**
 * ACK: a block has arrived.
 *
 * @param block the block number on the wire, 0 to 65535; 0 also answers an {@link OptionAck} (RFC 2347)
 */
public record Ack(int block) implements TftpPacket {

    public static final int OPCODE = 4;

    public Ack {
        WireText.checkBlock(block);
    }

    @Override
    public int opcode() {
        return OPCODE;
    }
}
