package io.slipway.disc.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A disc of ISO 9660 that is written by hand, for what no tool writes. Sector 16 has the primary descriptor, 17 ends the
 * descriptors, 24 is the root; the others are free.
 */
final class IsoWriter {

    static final int ROOT = 24;
    static final int DIRECTORY = 2;
    static final int MULTI_EXTENT = 0x80;

    /** What the root has to have so that there is Rock Ridge. */
    static final byte[] SHARING = entry("SP", 0xBE, 0xEF, 0);

    static final byte[] EXTENSION = entry("ER", ascii("\n\0\0\1RRIP_1991A"));

    private final ByteBuffer disc;

    IsoWriter(int sectors) {
        disc = ByteBuffer.allocate(sectors * DiscReading.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        byte[] root = record(new byte[] {0}, ROOT, DiscReading.SECTOR, DIRECTORY);
        sector(
                16,
                new LittleEndian()
                        .u8(1)
                        .put(ascii("CD001\1"))
                        .upTo(40)
                        .put(ascii("BY HAND                         "))
                        .upTo(80)
                        .both32(sectors)
                        .upTo(120)
                        .both16(1)
                        .both16(1)
                        .both16(DiscReading.SECTOR)
                        .upTo(156)
                        .put(root)
                        .bytes());
        sector(17, new LittleEndian().u8(255).put(ascii("CD001\1")).bytes());
    }

    IsoWriter sector(int number, byte[] bytes) {
        disc.put(number * DiscReading.SECTOR, bytes);
        return this;
    }

    /** Puts a record of itself, one of the directory above, and these. */
    IsoWriter directory(int sector, byte[]... records) {
        return folder(sector, new byte[0], records);
    }

    /** The root of a tree with Rock Ridge. */
    IsoWriter rockRidgeRoot(byte[]... records) {
        return folder(ROOT, concat(SHARING, EXTENSION), records);
    }

    private IsoWriter folder(int sector, byte[] systemUse, byte[]... records) {
        byte[] self = record(new byte[] {0}, sector, DiscReading.SECTOR, DIRECTORY, systemUse);
        byte[] parent = record(new byte[] {1}, ROOT, DiscReading.SECTOR, DIRECTORY);
        return sector(sector, concat(self, parent, concat(records)));
    }

    byte[] bytes() {
        return disc.array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A directory record of 1 January 2001. */
    static byte[] record(String name, long block, long size, int flags, byte[]... systemUse) {
        return record(ascii(name), block, size, flags, systemUse);
    }

    static byte[] record(byte[] name, long block, long size, int flags, byte[]... systemUse) {
        byte[] use = concat(systemUse);
        int used = 33 + (name.length | 1) + use.length;
        int length = used + used % 2;
        return new LittleEndian()
                .u8(length)
                .u8(0)
                .both32(block)
                .both32(size)
                .put(new byte[] {101, 1, 1, 0, 0, 0, 0})
                .u8(flags)
                .u16(0)
                .both16(1)
                .u8(name.length)
                .put(name)
                .upTo(33 + (name.length | 1))
                .put(use)
                .upTo(length)
                .bytes();
    }

    /** A system use entry. */
    static byte[] entry(String signature, int... data) {
        LittleEndian bytes = new LittleEndian();
        for (int value : data) {
            bytes.u8(value);
        }
        return entry(signature, bytes.bytes());
    }

    static byte[] entry(String signature, byte[] data) {
        return new LittleEndian()
                .put(ascii(signature))
                .u8(data.length + 4)
                .u8(1)
                .put(data)
                .bytes();
    }

    static byte[] continuation(long block, long offset, long length) {
        return entry(
                "CE",
                new LittleEndian().both32(block).both32(offset).both32(length).bytes());
    }

    static byte[] name(int flags, String name) {
        return entry("NM", new LittleEndian().u8(flags).put(ascii(name)).bytes());
    }

    static byte[] mode(int mode) {
        return entry(
                "PX",
                new LittleEndian().both32(mode).both32(1).both32(0).both32(0).bytes());
    }

    static byte[] concat(byte[]... parts) {
        LittleEndian all = new LittleEndian();
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.bytes();
    }
}
