package io.slipway.boot;

import java.nio.ByteBuffer;

record BytesReader(byte[] bytes) implements BootFile.Reader {

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
