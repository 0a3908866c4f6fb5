package io.slipway.tftp.codec;

import java.util.Map;

/**
 * OACK: the options that the server accepts, with the values it accepts (RFC 2347).
 *
 * @param options by name in lower case
 */
public record OptionAck(Map<String, String> options) implements TftpPacket {

    public static final int OPCODE = 6;

    public OptionAck {
        options = WireText.options(options);
    }

    @Override
    public int opcode() {
        return OPCODE;
    }
}
