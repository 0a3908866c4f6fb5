package io.slipway.tftp.codec;

/** One TFTP packet (RFC 1350 section 5, RFC 2347). Immutable; two packets that say the same are equal. */
public sealed interface TftpPacket permits ReadRequest, WriteRequest, Data, Ack, ErrorPacket, OptionAck {

    /** The packet type on the wire: 1 to 6. */
    int opcode();
}
