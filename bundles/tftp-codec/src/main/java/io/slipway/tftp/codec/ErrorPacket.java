package io.slipway.tftp.codec;

import java.util.Objects;

/**
 * ERROR: the sender ends the transfer. Neither acknowledged nor retransmitted (RFC 1350 section 7).
 *
 * @param message for a person; without NUL, may be empty
 */
public record ErrorPacket(TftpErrorCode code, String message) implements TftpPacket {

    public static final int OPCODE = 5;

    public ErrorPacket {
        Objects.requireNonNull(code, "code");
        WireText.check(message, "message");
    }

    @Override
    public int opcode() {
        return OPCODE;
    }
}
