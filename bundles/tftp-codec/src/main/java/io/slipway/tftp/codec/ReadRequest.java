package io.slipway.tftp.codec;

import java.util.Map;

/**
 * RRQ: the sender wants to read a file.
 *
 * @param path as the client wrote it, without NUL; may climb, may be empty: the server judges it
 * @param mode in lower case, for example {@code octet} (RFC 1350 section 5 allows any case on the wire)
 * @param options by name in lower case (RFC 2347: names are case-insensitive)
 */
public record ReadRequest(String path, String mode, Map<String, String> options) implements TftpPacket {

    public static final int OPCODE = 1;

    public ReadRequest {
        WireText.check(path, "path");
        mode = WireText.lowerCase(mode, "mode");
        options = WireText.options(options);
    }

    @Override
    public int opcode() {
        return OPCODE;
    }
}
