package io.slipway.disc.codec;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The discs that {@code src/test/discs/make.sh} has made, each with a real tool. */
final class Discs {

    /** Those that are read to the end; small. */
    static final List<String> READABLE = List.of(
            "plain",
            "joliet",
            "rock-ridge",
            "relocated",
            "relocated-xorriso",
            "zisofs",
            "udf-bridge",
            "windows",
            "udf-1.02",
            "udf-2.01",
            "udf-listed");

    private Discs() {}

    /** Unpacks a disc as a sparse file. */
    static Path unpack(String name, Path folder) throws IOException {
        Path file = folder.resolve(name + ".iso");
        try (InputStream packed = Discs.class.getResourceAsStream("/discs/" + name + ".gz");
                DataInputStream in = new DataInputStream(new GZIPInputStream(packed));
                FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            long size = in.readLong();
            byte[] sector = new byte[DiscReading.SECTOR];
            while (true) {
                long number;
                try {
                    number = Integer.toUnsignedLong(in.readInt());
                } catch (EOFException end) {
                    // The last byte gives the file its size, when the last sector is all zeros.
                    byte[] last = {out.size() == size ? lastByte(sector, size) : 0};
                    out.write(ByteBuffer.wrap(last), size - 1);
                    return file;
                }
                in.readFully(sector);
                long at = number * DiscReading.SECTOR;
                int length = (int) Math.min(sector.length, size - at);
                out.write(ByteBuffer.wrap(sector, 0, length), at);
            }
        }
    }

    private static byte lastByte(byte[] sector, long size) {
        return sector[(int) ((size - 1) % DiscReading.SECTOR)];
    }

    /** A disc that has been written by hand. */
    static Path write(byte[] bytes, Path folder) throws IOException {
        return Files.write(folder.resolve("by-hand.iso"), bytes);
    }
}
