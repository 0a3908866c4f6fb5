package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** What is used of a volume descriptor sequence (ECMA-167 3/8.4.2): the logical volume and the partitions. */
final class UdfDescriptors {

    private static final int SEQUENCE_NUMBER_AT = 16;

    private final DiscReading reading;
    /** By their numbers. */
    private final Map<Integer, ByteBuffer> partitions = new HashMap<>();

    private ByteBuffer logicalVolume = ByteBuffer.allocate(0);
    private long logicalVolumeAt;

    private UdfDescriptors(DiscReading reading) {
        this.reading = reading;
    }

    /** Reads the main sequence or, when that is damaged, the reserve one. */
    static UdfDescriptors read(DiscReading reading, UdfAnchor anchor) throws IOException {
        try {
            return read(reading, anchor.mainAt(), anchor.mainLength());
        } catch (IOException damaged) {
            try {
                return read(reading, anchor.reserveAt(), anchor.reserveLength());
            } catch (IOException alsoDamaged) {
                damaged.addSuppressed(alsoDamaged);
                throw damaged;
            }
        }
    }

    private static UdfDescriptors read(DiscReading reading, long first, long length) throws IOException {
        UdfDescriptors found = new UdfDescriptors(reading);
        found.scan(first, length);
        if (found.logicalVolume.limit() == 0) {
            throw reading.damaged(
                    DiscReading.offset(first),
                    "a UDF volume descriptor sequence without a logical volume; expected one");
        }
        return found;
    }

    private void scan(long first, long length) throws IOException {
        long block = first;
        long end = first + length / DiscReading.SECTOR;
        for (int seen = 0; block < end; seen++) {
            long at = DiscReading.offset(block);
            if (seen == Limits.VOLUME_DESCRIPTORS) {
                throw reading.damaged(
                        at, "a UDF volume descriptor sequence of more than " + seen + " descriptors; it has no end");
            }
            ByteBuffer bytes = reading.sector(block, "a UDF volume descriptor");
            int identifier = UdfTag.identifier(bytes);
            if (identifier == 0) {
                // A sector that was never written ends the sequence.
                return;
            }
            UdfTag.check(reading, bytes, at, block);
            if (identifier == UdfTag.TERMINATING) {
                return;
            }
            block++;
            if (identifier == UdfTag.VOLUME_POINTER) {
                block = Unsigned.u32(bytes, 24);
                end = block + Unsigned.u32(bytes, 20) / DiscReading.SECTOR;
            } else if (identifier == UdfTag.PARTITION) {
                partitions.merge(Unsigned.u16(bytes, 22), bytes, (one, other) -> isNewer(other, one) ? other : one);
            } else if (identifier == UdfTag.LOGICAL_VOLUME && isNewer(bytes, logicalVolume)) {
                logicalVolume = bytes;
                logicalVolumeAt = at;
            }
        }
    }

    /** Of two that describe the same the one with the higher number counts (ECMA-167 3/8.4.3). */
    private static boolean isNewer(ByteBuffer one, ByteBuffer former) {
        return former.limit() == 0 || Unsigned.u32(one, SEQUENCE_NUMBER_AT) >= Unsigned.u32(former, SEQUENCE_NUMBER_AT);
    }

    /** The logical volume descriptor (ECMA-167 3/10.6). */
    ByteBuffer logicalVolume() {
        return logicalVolume;
    }

    long logicalVolumeAt() {
        return logicalVolumeAt;
    }

    /** Where the last partition ends, in bytes. */
    long end() {
        return partitions.values().stream()
                .mapToLong(it -> DiscReading.offset(Unsigned.u32(it, 188) + Unsigned.u32(it, 192)))
                .max()
                .orElse(0);
    }

    /** The partition of this number (ECMA-167 3/10.5). */
    UdfPhysicalPartition partition(int number) throws IOException {
        ByteBuffer bytes = partitions.get(number);
        if (bytes == null) {
            throw reading.damaged(
                    logicalVolumeAt,
                    "a UDF partition map of partition " + number + "; expected one of " + partitions.keySet());
        }
        return new UdfPhysicalPartition(Unsigned.u32(bytes, 188), Unsigned.u32(bytes, 192));
    }
}
