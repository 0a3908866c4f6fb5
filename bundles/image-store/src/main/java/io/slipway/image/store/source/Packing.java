package io.slipway.image.store.source;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** How files are packed, told from their first bytes. */
enum Packing {
    GZIP("1f8b", "gzip", "gzip -d"),
    XZ("fd377a585a00", "xz", "xz -d"),
    ZSTANDARD("28b52ffd", "zstd", "zstd -d"),
    BZIP2("425a68", "bzip2", "bzip2 -d"),
    LZIP("4c5a4950", "lzip", "lzip -d"),
    LZ4("04224d18", "lz4", "lz4 -d"),
    COMPRESS("1f9d", "compress", "gzip -d"),
    ZIP("504b0304", "zip", "unzip"),
    SEVEN_ZIP("377abcaf271c", "7z", "7z x"),
    CPIO("303730373031", "cpio", "cpio -id");

    private static final int LONGEST = 8;

    /** In hexadecimal digits. */
    private final String magic;

    private final String program;
    private final String cure;

    Packing(String magic, String program, String cure) {
        this.magic = magic;
        this.program = program;
        this.cure = cure;
    }

    /** @param head the first bytes of a file, six at least, or all when it is shorter */
    static Optional<Packing> of(byte[] head) {
        return Arrays.stream(values()).filter(packing -> packing.begins(head)).findFirst();
    }

    /** What to say of a file that must be unpacked by hand. */
    IOException refused(String file) {
        return new IOException(
                file + " is packed by " + program + ", which is not read here; unpack it first: " + cure);
    }

    private boolean begins(byte[] head) {
        return HexFormat.of().formatHex(head, 0, Math.min(head.length, LONGEST)).startsWith(magic);
    }
}
