package io.slipway.boot;

import java.nio.ByteBuffer;

/** Reads from memory. */
final class BytesReader implements BootFile.Reader {

    private final byte[] bytes;

    BytesReader(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(ByteBuffer target, long position) {
        int from = (int) Math.min(position, bytes.length);
        int count = Math.min(target.remaining(), bytes.length - from);
        target.put(bytes, from, count);
        return count;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
