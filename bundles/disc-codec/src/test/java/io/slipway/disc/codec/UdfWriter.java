package io.slipway.disc.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A UDF disc that is written by hand, for what no free tool writes. The partition begins at sector 257; the volume
 * descriptors are in sector 32 and following, and once more in 48 and following.
 */
final class UdfWriter {

    static final int PARTITION = 257;
    static final int MAIN = 32;
    static final int RESERVE = 48;
    static final byte[] PHYSICAL_MAP =
            new LittleEndian().u8(1).u8(6).u16(1).u16(0).bytes();

    private final ByteBuffer disc;
    private final int blocks;

    /** @param fileSet the long allocation descriptor of the file set */
    UdfWriter(int blocks, byte[] fileSet, byte[]... maps) {
        this.blocks = blocks;
        disc = ByteBuffer.allocate((PARTITION + blocks) * DiscReading.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        sector(16, new LittleEndian().u8(0).put(IsoWriter.ascii("BEA01\1")).bytes());
        sector(17, new LittleEndian().u8(0).put(IsoWriter.ascii("NSR03\1")).bytes());
        sector(18, new LittleEndian().u8(0).put(IsoWriter.ascii("TEA01\1")).bytes());
        sector(
                256,
                UdfBytes.descriptor(
                        UdfTag.ANCHOR,
                        256,
                        new LittleEndian()
                                .u32(16 * DiscReading.SECTOR)
                                .u32(MAIN)
                                .u32(16 * DiscReading.SECTOR)
                                .u32(RESERVE)
                                .upTo(496)
                                .bytes()));
        for (int first : new int[] {MAIN, RESERVE}) {
            sector(first, logicalVolume(first, fileSet, 0x0250, maps));
            sector(first + 1, partition(first + 1));
            sector(first + 2, UdfBytes.descriptor(UdfTag.TERMINATING, first + 2, new byte[496]));
        }
    }

    private byte[] partition(int location) {
        return UdfBytes.descriptor(
                UdfTag.PARTITION,
                location,
                new LittleEndian()
                        .u32(1)
                        .u16(1)
                        .u16(0)
                        .upTo(188 - 16)
                        .u32(PARTITION)
                        .u32(blocks)
                        .upTo(496)
                        .bytes());
    }

    static byte[] logicalVolume(int location, byte[] fileSet, int revision, byte[]... maps) {
        byte[] all = IsoWriter.concat(maps);
        return UdfBytes.descriptor(
                UdfTag.LOGICAL_VOLUME,
                location,
                new LittleEndian()
                        .u32(2)
                        .upTo(84 - 16)
                        .u8(8)
                        .put(IsoWriter.ascii("By hand"))
                        .upTo(84 - 16 + 127)
                        .u8(8)
                        .u32(DiscReading.SECTOR)
                        .u8(0)
                        .put(IsoWriter.ascii("*OSTA UDF Compliant"))
                        .upTo(240 - 16)
                        .u16(revision)
                        .upTo(248 - 16)
                        .put(fileSet)
                        .u32(all.length)
                        .u32(maps.length)
                        .upTo(440 - 16)
                        .put(all)
                        .bytes());
    }

    UdfWriter sector(int number, byte[] bytes) {
        disc.put(number * DiscReading.SECTOR, bytes);
        return this;
    }

    /** Puts a block of the physical partition. */
    UdfWriter block(int number, byte[] bytes) {
        return sector(PARTITION + number, bytes);
    }

    byte[] bytes() {
        return disc.array();
    }

    static byte[] map(String kind, long main, long mirror) {
        return new LittleEndian()
                .u8(2)
                .u8(64)
                .u16(0)
                .u8(0)
                .put(kind.getBytes(StandardCharsets.ISO_8859_1))
                .upTo(36)
                .u16(1)
                .u16(0)
                .u32(main)
                .u32(mirror)
                .u32(0xFFFF_FFFFL)
                .u32(32)
                .u16(32)
                .u8(0)
                .upTo(64)
                .bytes();
    }
}
