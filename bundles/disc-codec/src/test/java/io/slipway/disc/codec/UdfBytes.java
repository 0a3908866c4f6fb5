package io.slipway.disc.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** UDF's descriptors, written by hand. */
final class UdfBytes {

    private UdfBytes() {}

    /** A tag with its sums, and what it is the tag of. */
    static byte[] descriptor(int tag, long location, byte[] body) {
        byte[] bytes = new LittleEndian()
                .u16(tag)
                .u16(3)
                .u8(0)
                .u8(0)
                .u16(0)
                .u16(0)
                .u16(body.length)
                .u32(location)
                .put(body)
                .bytes();
        mend(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0);
        return bytes;
    }

    /** Makes the sums of the descriptor right, so that what is wrong otherwise is looked at. */
    static void mend(ByteBuffer bytes, int at) {
        int length = Math.min(Short.toUnsignedInt(bytes.getShort(at + 10)), bytes.limit() - at - 16);
        bytes.putShort(at + 10, (short) length);
        bytes.putShort(at + 8, (short) crc(bytes, at + 16, length));
        int sum = 0;
        for (int i = 0; i < 16; i++) {
            sum += i == 4 ? 0 : bytes.get(at + i);
        }
        bytes.put(at + 4, (byte) sum);
    }

    /** Bit by bit, unlike that of the reader. */
    private static int crc(ByteBuffer bytes, int from, int length) {
        int crc = 0;
        for (int i = from; i < from + length; i++) {
            crc ^= (bytes.get(i) & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ 0x1021;
            }
        }
        return crc & 0xFFFF;
    }

    static byte[] longDescriptor(long length, int partition, long block) {
        return new LittleEndian().u32(length).u32(block).u16(partition).zeros(6).bytes();
    }

    static byte[] shortDescriptor(int kind, long length, long block) {
        return new LittleEndian().u32(((long) kind << 30) | length).u32(block).bytes();
    }

    static byte[] fileSet(long location, byte[] root) {
        return descriptor(
                UdfTag.FILE_SET,
                location,
                new LittleEndian().upTo(400 - 16).put(root).upTo(512 - 16).bytes());
    }

    /** An extended file entry of 3 March 2021, 05:06:07 two hours east of UTC. */
    static byte[] extendedEntry(long location, int type, long size, int allocationKind, byte[] allocation) {
        return descriptor(
                UdfTag.EXTENDED_FILE_ENTRY,
                location,
                icb(4, type, allocationKind)
                        .u64(size)
                        .upTo(92 - 16)
                        .put(time())
                        .upTo(208 - 16)
                        .u32(8)
                        .u32(allocation.length)
                        .zeros(8)
                        .put(allocation)
                        .bytes());
    }

    static byte[] entry(long location, int strategy, int type, long size, int allocationKind, byte[] allocation) {
        return descriptor(
                UdfTag.FILE_ENTRY,
                location,
                icb(strategy, type, allocationKind)
                        .u64(size)
                        .upTo(84 - 16)
                        .put(time())
                        .upTo(168 - 16)
                        .u32(0)
                        .u32(allocation.length)
                        .put(allocation)
                        .bytes());
    }

    /** What an entry has behind its tag, up to the file's size. */
    private static LittleEndian icb(int strategy, int type, int allocationKind) {
        return new LittleEndian()
                .u32(0)
                .u16(strategy)
                .u16(0)
                .u16(1)
                .u8(0)
                .u8(type)
                .zeros(6)
                .u16(allocationKind)
                .upTo(56 - 16);
    }

    private static byte[] time() {
        return new LittleEndian()
                .u16(0x1000 | 120)
                .u16(2021)
                .u8(3)
                .u8(4)
                .u8(5)
                .u8(6)
                .u8(7)
                .zeros(3)
                .bytes();
    }

    static byte[] indirect(long location, byte[] next) {
        return descriptor(
                UdfTag.INDIRECT_ENTRY,
                location,
                new LittleEndian().upTo(36 - 16).put(next).bytes());
    }

    static byte[] allocationExtent(long location, byte[] descriptors) {
        return descriptor(
                UdfTag.ALLOCATION_EXTENT,
                location,
                new LittleEndian()
                        .u32(0)
                        .u32(descriptors.length)
                        .put(descriptors)
                        .bytes());
    }

    /** A file identifier, with its name in 8 bits where that does. */
    static byte[] identifier(String name, int characteristics, int partition, long block) {
        boolean wide = name.chars().anyMatch(c -> c > 0xFF);
        byte[] text = name.getBytes(wide ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
        int nameLength = name.isEmpty() ? 0 : text.length + 1;
        LittleEndian body = new LittleEndian()
                .u16(1)
                .u8(characteristics)
                .u8(nameLength)
                .put(longDescriptor(DiscReading.SECTOR, partition, block))
                .u16(0);
        if (!name.isEmpty()) {
            body.u8(wide ? 16 : 8).put(text);
        }
        return descriptor(
                UdfTag.FILE_IDENTIFIER,
                0,
                body.upTo((38 + nameLength + 3) / 4 * 4 - 16).bytes());
    }
}
