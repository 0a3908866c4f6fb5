package io.slipway.disc.codec;

import static io.slipway.disc.codec.IsoWriter.ascii;
import static io.slipway.disc.codec.IsoWriter.concat;
import static io.slipway.disc.codec.UdfBytes.extendedEntry;
import static io.slipway.disc.codec.UdfBytes.identifier;
import static io.slipway.disc.codec.UdfBytes.longDescriptor;
import static io.slipway.disc.codec.UdfBytes.shortDescriptor;

import java.nio.charset.StandardCharsets;

/**
 * A UDF 2.50 with a metadata partition, as Windows writes it: blocks 0 to 3 of that partition are blocks 20 to 23 of the
 * physical one, and what follows is in block 50 and following.
 */
final class MetadataDisc {

    static final int MAIN = 10;
    static final int MIRROR = 11;

    private static final int SECTOR = DiscReading.SECTOR;
    private static final int EMBEDDED = 3;
    private static final int DIRECTORY = 4;
    private static final int REGULAR = 5;

    private MetadataDisc() {}

    static UdfWriter write() {
        byte[] map = UdfWriter.map("*UDF Metadata Partition", MAIN, MIRROR);
        UdfWriter disc = new UdfWriter(120, longDescriptor(SECTOR, 1, 0), UdfWriter.PHYSICAL_MAP, map);
        byte[] pieces = concat(shortDescriptor(0, 4 * SECTOR, 20), shortDescriptor(0, 8 * SECTOR, 50));
        disc.block(MAIN, extendedEntry(MAIN, 250, 12 * SECTOR, 0, pieces));
        disc.block(MIRROR, extendedEntry(MIRROR, 251, 12 * SECTOR, 0, pieces));

        byte[] root = concat(
                identifier("", 0x0A, 1, 1),
                identifier("embedded", 0, 1, 2),
                identifier("sub", 2, 1, 5),
                identifier("in-metadata", 0, 1, 7));
        disc.block(20, UdfBytes.fileSet(0, longDescriptor(SECTOR, 1, 1)));
        disc.block(21, extendedEntry(1, DIRECTORY, root.length, EMBEDDED, root));
        disc.block(22, extendedEntry(2, REGULAR, 5, EMBEDDED, ascii("hello")));
        // Block 3 and block 4 have a file that one extent describes.
        disc.block(23, "first ".repeat(341).concat("ab").getBytes(StandardCharsets.US_ASCII));
        disc.block(50, "second".repeat(341).concat("cd").getBytes(StandardCharsets.US_ASCII));
        byte[] sub = concat(identifier("", 0x0A, 1, 1), identifier("large", 0, 1, 8));
        disc.block(51, extendedEntry(5, DIRECTORY, sub.length, 0, shortDescriptor(0, sub.length, 6)));
        disc.block(52, sub);
        disc.block(53, extendedEntry(7, REGULAR, 2 * SECTOR, 0, shortDescriptor(0, 2 * SECTOR, 3)));
        disc.block(54, extendedEntry(8, REGULAR, 3 * SECTOR, 1, longDescriptor(3 * SECTOR, 0, 90)));
        disc.block(90, ascii("large"));
        return disc;
    }
}
