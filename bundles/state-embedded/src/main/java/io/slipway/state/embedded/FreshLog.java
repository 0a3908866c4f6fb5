package io.slipway.state.embedded;

import io.slipway.state.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A log file that can be appended to.
 *
 * @param salt what its checksums start from
 * @param end where the next frame goes
 * @param size the file's size: up to here, space is reserved
 */
record FreshLog(LogFile file, long salt, long end, long size) {

    private static final int FRAME = 256 * 1024;
    private static final ByteBuffer ZEROES = ByteBuffer.allocate(FRAME).asReadOnlyBuffer();

    /** Fills an empty file with all records and reserved space, and forces it. */
    static FreshLog fill(LogFile file, LiveRecords live, int reserveBytes) throws IOException {
        LogHeader header = LogHeader.at(live.revision());
        file.write(header.encode(), 0);
        long end = LogFormat.FILE_HEADER;
        FrameBuffer frame = new FrameBuffer();
        for (Entry entry : live.all()) {
            frame.add(entry.revision(), entry.key(), Optional.of(entry.bytes()));
            if (frame.payloadBytes() >= FRAME) {
                end += write(file, end, frame, header);
            }
        }
        if (frame.payloadBytes() > 0) {
            end += write(file, end, frame, header);
        }
        writeZeroes(file, end, end + reserveBytes);
        file.force(true);
        return new FreshLog(file, header.salt(), end, end + reserveBytes);
    }

    private static int write(LogFile file, long position, FrameBuffer frame, LogHeader header) throws IOException {
        ByteBuffer bytes = frame.seal(header.revision(), header.salt());
        int length = bytes.remaining();
        file.write(bytes, position);
        frame.clear();
        return length;
    }

    static void writeZeroes(LogFile file, long from, long to) throws IOException {
        for (long position = from; position < to; position += ZEROES.capacity()) {
            file.write(ZEROES.duplicate().limit((int) Math.min(ZEROES.capacity(), to - position)), position);
        }
    }
}
