package io.slipway.tftp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads annotated hex: pairs of digits; from {@code #} to the end of the line is a comment. */
final class WireVectors {

    private WireVectors() {}

    static ByteBuf read(String name) throws IOException {
        try (InputStream in = WireVectors.class.getResourceAsStream("/vectors/" + name + ".hex")) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            String digits = text.lines()
                    .map(line -> line.replaceFirst("#.*", "").replaceAll("\\s", ""))
                    .collect(Collectors.joining());
            return Unpooled.wrappedBuffer(HexFormat.of().parseHex(digits));
        }
    }
}
