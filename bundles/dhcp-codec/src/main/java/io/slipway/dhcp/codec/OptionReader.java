package io.slipway.dhcp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;

/** Reads the options of one field of a message; values of one code are joined in order (RFC 3396 section 7). */
final class OptionReader {

    private OptionReader() {}

    /**
     * Reads a field up to END or its end.
     *
     * @param from the field's first byte
     * @param until the byte after its last
     * @throws DecoderException an option overruns the field
     */
    static void read(ByteBuf in, int from, int until, String name, OptionBytes options) {
        int at = from;
        while (at < until) {
            int code = in.getUnsignedByte(at++);
            if (code == Wire.END) {
                return;
            }
            if (code != Wire.PAD) {
                at = readValue(in, at, until, code, name, options);
            }
        }
    }

    private static int readValue(ByteBuf in, int at, int until, int code, String name, OptionBytes options) {
        if (at == until) {
            throw new DecoderException("option " + code + " in " + name + " has no length");
        }
        int length = in.getUnsignedByte(at);
        int start = at + 1;
        if (length > until - start) {
            throw new DecoderException(
                    "option " + code + " in " + name + " says " + length + " bytes; there are " + (until - start));
        }
        byte[] value = new byte[length];
        in.getBytes(start, value);
        options.append(code, value);
        return start + length;
    }
}
