package io.slipway.dhcp.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** A file of {@code src/test/resources/vectors}: hex octets, {@code 00*10} for ten of them, {@code #} for comments. */
@SuppressWarnings("ArrayRecordComponent") // vectors are never compared
record WireVector(String name, byte[] bytes) {

    static WireVector of(String name) {
        try {
            return read(folder("vectors").resolve(name + ".hex"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of a folder, without its sub-folders. */
    static List<WireVector> all(String folder) throws IOException {
        try (Stream<Path> files = Files.list(folder(folder))) {
            List<WireVector> vectors = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                vectors.add(read(file));
            }
            return vectors;
        }
    }

    ByteBuf buffer() {
        return Unpooled.wrappedBuffer(bytes);
    }

    DhcpMessage decode() {
        return DhcpDecoder.decode(buffer());
    }

    @Override
    public String toString() {
        return name;
    }

    private static Path folder(String name) {
        try {
            return Path.of(WireVector.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WireVector read(Path file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String line : Files.readAllLines(file)) {
            for (String word : line.replaceFirst("#.*", "").strip().split("\\s+")) {
                write(word, bytes);
            }
        }
        return new WireVector(file.getFileName().toString().replace(".hex", ""), bytes.toByteArray());
    }

    private static void write(String word, ByteArrayOutputStream bytes) {
        String[] parts = word.split("\\*");
        int times = parts.length == 2 ? Integer.parseInt(parts[1]) : 1;
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(HexFormat.of().parseHex(parts[0]));
        }
    }
}
