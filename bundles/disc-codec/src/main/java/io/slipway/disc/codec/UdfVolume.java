package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A logical volume (ECMA-167 3/10.6).
 *
 * @param label its identifier
 * @param partitions that it is made of
 * @param fileSetAt the offset of the long allocation descriptor of its file set
 * @param fileSet that descriptor
 * @param size where its last partition ends, in bytes
 */
record UdfVolume(String label, UdfPartitions partitions, ByteBuffer fileSet, long fileSetAt, long size) {

    /** OSTA UDF 2.60, of which the suffix of the domain has 16 bits. */
    private static final int NEWEST = 0x0260;

    private static final String DOMAIN = "*OSTA UDF Compliant";
    private static final int MAPS_AT = 440;

    private static final int PHYSICAL = 1;
    private static final int OF_OSTA = 2;
    private static final String METADATA = "*UDF Metadata Partition";

    /**
     * Reads the volume that the disc's anchor leads to.
     *
     * @param sectors as of {@link UdfAnchor#find}
     * @return empty when there is no anchor
     */
    static Optional<UdfVolume> open(DiscReading reading, long sectors) throws IOException {
        Optional<UdfAnchor> anchor = UdfAnchor.find(reading, sectors);
        return anchor.isEmpty()
                ? Optional.empty()
                : Optional.of(of(reading, UdfDescriptors.read(reading, anchor.get())));
    }

    private static UdfVolume of(DiscReading reading, UdfDescriptors descriptors) throws IOException {
        ByteBuffer bytes = descriptors.logicalVolume();
        long at = descriptors.logicalVolumeAt();
        long blockSize = Unsigned.u32(bytes, 212);
        if (blockSize != DiscReading.SECTOR) {
            throw reading.damaged(at + 212, "UDF blocks of " + blockSize + " bytes; only 2048 are supported");
        }
        int revision = Unsigned.u16(bytes, 240);
        if (Unsigned.ascii(bytes, 217, DOMAIN.length()).equals(DOMAIN) && revision > NEWEST) {
            throw reading.refused("has UDF of the revision " + Integer.toHexString(revision)
                    + " (in hundredths); at most " + Integer.toHexString(NEWEST)
                    + " is supported: copy the disc's files into a new disc image");
        }
        List<ByteBuffer> maps = maps(reading, bytes, at);
        for (ByteBuffer map : maps) {
            requireSupported(reading, map, at);
        }
        // Not before: of a disc that is still open the partition reaches to the end of what it could hold.
        reading.requireWhole(descriptors.end());
        List<UdfPartition> partitions = new ArrayList<>();
        for (ByteBuffer map : maps) {
            partitions.add(partition(reading, descriptors, map));
        }
        return new UdfVolume(
                UdfText.ofField(reading, bytes.slice(84, 128), at + 84)
                        .replace('\0', ' ')
                        .strip(),
                new UdfPartitions(partitions),
                Unsigned.slice(bytes, 248, 16),
                at + 248,
                descriptors.end());
    }

    /** The partition maps (ECMA-167 3/10.7), each for itself. */
    private static List<ByteBuffer> maps(DiscReading reading, ByteBuffer bytes, long at) throws IOException {
        long all = Unsigned.u32(bytes, 264);
        long count = Unsigned.u32(bytes, 268);
        if (all > bytes.limit() - MAPS_AT) {
            throw reading.damaged(
                    at + 264, "UDF partition maps of " + all + " bytes; expected at most " + (bytes.limit() - MAPS_AT));
        }
        int end = MAPS_AT + (int) all;
        List<ByteBuffer> maps = new ArrayList<>();
        int position = MAPS_AT;
        while (maps.size() < count) {
            int length = position + 2 <= end ? Unsigned.u8(bytes, position + 1) : 0;
            if (length < 2 || length > end - position) {
                throw reading.damaged(
                        at + position,
                        count + " UDF partition maps in " + all + " bytes; expected room for each of them");
            }
            maps.add(Unsigned.slice(bytes, position, length));
            position += length;
        }
        return maps;
    }

    private static void requireSupported(DiscReading reading, ByteBuffer map, long at) throws IOException {
        int type = Unsigned.u8(map, 0);
        if ((type != PHYSICAL || map.limit() != 6) && (type != OF_OSTA || map.limit() != 64)) {
            throw reading.damaged(
                    at,
                    "a UDF partition map of the type " + type + " and " + map.limit()
                            + " bytes; expected type 1 of 6 or type 2 of 64");
        }
        String kind = type == PHYSICAL
                ? METADATA
                : Unsigned.ascii(map, 5, 23).replace('\0', ' ').strip();
        if (!kind.equals(METADATA)) {
            throw reading.refused("has a UDF partition map " + DiscReading.shown(kind)
                    + ", as discs have that are written in packets; only physical and metadata partitions are"
                    + " supported: copy the disc's files into a new disc image");
        }
    }

    private static UdfPartition partition(DiscReading reading, UdfDescriptors descriptors, ByteBuffer map)
            throws IOException {
        return Unsigned.u8(map, 0) == PHYSICAL
                ? descriptors.partition(Unsigned.u16(map, 4))
                : UdfMetadataPartition.open(
                        reading,
                        descriptors.partition(Unsigned.u16(map, 38)),
                        Unsigned.u32(map, 40),
                        Unsigned.u32(map, 44));
    }
}
