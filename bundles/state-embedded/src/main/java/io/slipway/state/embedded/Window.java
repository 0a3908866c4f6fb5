package io.slipway.state.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A sliding view of a file, for reading it once from front to back. */
final class Window {

    private static final int STEP = 1 << 20;

    private final LogFile file;
    private final long size;
    private ByteBuffer buffer = ByteBuffer.allocate(STEP).limit(0);
    private long start;

    Window(LogFile file) throws IOException {
        this.file = file;
        this.size = file.size();
    }

    long size() {
        return size;
    }

    /** The bytes from a position on: as many as asked for, or what there is before the end of the file. */
    ByteBuffer at(long position, int length) throws IOException {
        int available = (int) Math.max(0, Math.min(length, size - position));
        show(position, available);
        return buffer.slice((int) (position - start), available);
    }

    /** The byte at a position before the end of the file. */
    byte byteAt(long position) throws IOException {
        show(position, 1);
        return buffer.get((int) (position - start));
    }

    private void show(long position, int length) throws IOException {
        if (position >= start && position + length <= start + buffer.limit()) {
            return;
        }
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length);
        }
        buffer.clear();
        file.read(buffer, position);
        buffer.flip();
        start = position;
        if (buffer.limit() < length) {
            throw new IOException("file became shorter while it was read");
        }
    }
}
