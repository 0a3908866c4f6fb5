package io.slipway.tftp.codec;

import java.util.Map;

/**
 * WRQ: the sender wants to write a file.
 *
 * @param path as the client wrote it, without NUL
 * @param mode in lower case
 * @param options by name in lower case
 */
public record WriteRequest(String path, String mode, Map<String, String> options) implements TftpPacket {

    public static final int OPCODE = 2;

    public WriteRequest {
        WireText.check(path, "path");
        mode = WireText.lowerCase(mode, "mode");
        options = WireText.options(options);
    }

    @Override
    public int opcode() {
        return OPCODE;
    }
}
