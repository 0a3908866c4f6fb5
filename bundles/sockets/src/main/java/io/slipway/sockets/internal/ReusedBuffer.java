package io.slipway.sockets.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Reads one small datagram at a time, into the same memory as the one before on this event loop unless somebody still has
 * that.
 */
final class ReusedBuffer {

    private final int size;

    private final FastThreadLocal<ByteBuf> latest = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
        }

        @Override
        protected void onRemoval(ByteBuf buffer) {
            buffer.release();
        }
    };

    /** @param size of the longest datagram that is read whole */
    ReusedBuffer(int size) {
        this.size = size;
    }

    /** Empty; the caller releases it. */
    ByteBuf next() {
        ByteBuf free = latest.get();
        return free.refCnt() == 1 ? free.clear().retain() : PooledByteBufAllocator.DEFAULT.directBuffer(size, size);
    }
}
