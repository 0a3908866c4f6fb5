package io.slipway.disc.codec;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Takes what lies in extents as one run of bytes, piece by piece. */
final class ExtentCursor {

    /** In bytes, of what is read at a time. */
    private static final int CHUNK = 32 * 1024;

    private final DiscReading reading;
    private final List<DiscExtent> extents;
    private final String what;
    private ByteBuffer chunk = ByteBuffer.allocate(0);
    /** Where the chunk ends on the disc. */
    private long chunkEnd;

    private int next;
    private long doneOfNext;
    private long left;

    ExtentCursor(DiscReading reading, List<DiscExtent> extents, String what) {
        this.reading = reading;
        this.extents = extents;
        this.what = what;
        this.left = extents.stream().mapToLong(DiscExtent::length).sum();
        this.chunkEnd = extents.isEmpty() ? 0 : extents.get(0).offset();
    }

    /** In bytes. */
    long left() {
        return left;
    }

    /** Where the disc has the next byte. */
    long at() {
        return chunk.hasRemaining() || next == extents.size()
                ? chunkEnd - chunk.remaining()
                : extents.get(next).offset() + doneOfNext;
    }

    /**
     * The next bytes, little-endian.
     *
     * @throws IOException fewer are left
     */
    ByteBuffer take(int count) throws IOException {
        if (count > left) {
            throw reading.damaged(at(), what + " ends here with " + left + " bytes; expected " + count + " more");
        }
        byte[] taken = new byte[count];
        int filled = 0;
        while (filled < count) {
            if (!chunk.hasRemaining()) {
                fill();
            }
            int part = Math.min(count - filled, chunk.remaining());
            chunk.get(taken, filled, part);
            filled += part;
        }
        left -= count;
        return ByteBuffer.wrap(taken).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void fill() throws IOException {
        DiscExtent extent = extents.get(next);
        int length = (int) Math.min(CHUNK, extent.length() - doneOfNext);
        long at = extent.offset() + doneOfNext;
        chunk = reading.read(at, length, what);
        chunkEnd = at + length;
        doneOfNext += length;
        if (doneOfNext == extent.length()) {
            next++;
            doneOfNext = 0;
        }
    }
}
