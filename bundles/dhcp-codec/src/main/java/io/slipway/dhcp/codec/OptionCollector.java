package io.slipway.dhcp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderException;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Gathers options from the fields of one message; values of one code are joined in order (RFC 3396 section 7). */
final class OptionCollector {

    private final Map<Integer, ByteArrayOutputStream> values = new TreeMap<>();

    /** Reads a field up to END or its end. */
    void read(ByteBuf field, String name) {
        while (field.isReadable()) {
            int code = field.readUnsignedByte();
            if (code == Wire.END) {
                return;
            }
            if (code != Wire.PAD) {
                readValue(field, code, name);
            }
        }
    }

    void read(byte[] field, String name) {
        read(Unpooled.wrappedBuffer(field), name);
    }

    private void readValue(ByteBuf field, int code, String name) {
        if (!field.isReadable()) {
            throw new DecoderException("option " + code + " in " + name + " has no length");
        }
        int length = field.readUnsignedByte();
        if (length > field.readableBytes()) {
            throw new DecoderException("option " + code + " in " + name + " says " + length + " bytes; there are "
                    + field.readableBytes());
        }
        byte[] value = new byte[length];
        field.readBytes(value);
        values.computeIfAbsent(code, key -> new ByteArrayOutputStream(length)).writeBytes(value);
    }

    /** Takes an option out; no bytes when it is not there. */
    byte[] remove(int code) {
        ByteArrayOutputStream value = values.remove(code);
        return value == null ? new byte[0] : value.toByteArray();
    }

    void forEach(BiConsumer<Integer, byte[]> option) {
        values.forEach((code, value) -> option.accept(code, value.toByteArray()));
    }
}
