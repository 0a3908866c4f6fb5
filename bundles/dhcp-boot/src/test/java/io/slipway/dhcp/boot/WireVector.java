package io.slipway.dhcp.boot;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.slipway.dhcp.codec.DhcpDecoder;
import io.slipway.dhcp.codec.DhcpEncoder;
import io.slipway.dhcp.codec.DhcpMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Files of {@code src/test/resources/vectors}: hex octets, {@code 00*10} for ten of them, {@code #} for comments. */
final class WireVector {

    private WireVector() {}

    static DhcpMessage message(String name) {
        return DhcpDecoder.decode(Unpooled.wrappedBuffer(bytes(name)));
    }

    static byte[] bytes(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : text(name).split("\n")) {
            for (String word : line.replaceFirst("#.*", "").strip().split("\\s+")) {
                String[] parts = word.split("\\*");
                for (int i = parts.length == 2 ? Integer.parseInt(parts[1]) : 1; i > 0; i--) {
                    bytes.writeBytes(HexFormat.of().parseHex(parts[0]));
                }
            }
        }
        return bytes.toByteArray();
    }

    /** What goes out, as a hex dump to compare. */
    static String dump(DhcpMessage message) {
        ByteBuf bytes = DhcpEncoder.encode(message, UnpooledByteBufAllocator.DEFAULT);
        try {
            return ByteBufUtil.prettyHexDump(bytes);
        } finally {
            bytes.release();
        }
    }

    static String dump(byte[] bytes) {
        return ByteBufUtil.prettyHexDump(Unpooled.wrappedBuffer(bytes));
    }

    private static String text(String name) {
        try (InputStream in = WireVector.class.getResourceAsStream("/vectors/" + name + ".hex")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
