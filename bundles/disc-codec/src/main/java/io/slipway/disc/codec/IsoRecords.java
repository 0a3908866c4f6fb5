package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Takes one directory record after another. None reaches into the next sector (ECMA-119 section 6.8.1.1). */
final class IsoRecords {

    private final DiscReading reading;
    private final long end;
    private final int chunk;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private long bytesAt;
    private long at;

    /**
     * @param from where a record, or a sector, begins
     * @param end where the directory ends
     * @param chunk how many bytes are read at a time, a multiple of the sector
     */
    IsoRecords(DiscReading reading, long from, long end, int chunk) {
        this.reading = reading;
        this.at = from;
        this.end = end;
        this.chunk = chunk;
    }

    /** The next record; empty when the directory ends. */
    Optional<IsoRecord> next() throws IOException {
        while (at < end) {
            if (at >= bytesAt + bytes.limit()) {
                fill();
            }
            int position = (int) (at - bytesAt);
            int length = Unsigned.u8(bytes, position);
            long sectorEnd = Math.min(end, sectorEnd(at));
            if (length == 0) {
                at = sectorEnd;
            } else {
                if (length < IsoRecord.SHORTEST || length > sectorEnd - at) {
                    throw reading.damaged(
                            at,
                            "a directory record of " + length + " bytes; expected " + IsoRecord.SHORTEST + " to "
                                    + (sectorEnd - at));
                }
                IsoRecord record = IsoRecord.of(reading, Unsigned.slice(bytes, position, length), at);
                at += length;
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    private void fill() throws IOException {
        long chunkEnd = Math.min(end, sectorEnd(at) + chunk - DiscReading.SECTOR);
        bytes = reading.read(at, (int) (chunkEnd - at), "a directory");
        bytesAt = at;
    }

    private static long sectorEnd(long at) {
        return at - at % DiscReading.SECTOR + DiscReading.SECTOR;
    }
}
