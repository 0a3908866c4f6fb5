package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // Netty names no other way before its next version
class ReusedBufferTest {

    private final RecvByteBufAllocator.Handle handle = new ReusedBuffer(2048).newHandle();

    private ByteBuf next() {
        return handle.allocate(PooledByteBufAllocator.DEFAULT);
    }

    @Test
    void isReadIntoAgainOnceItWasReleased() {
        ByteBuf first = next();
        first.writeZero(100);
        assertEquals(2048, first.capacity());
        first.release();
        ByteBuf second = next();
        assertSame(first, second);
        assertEquals(0, second.readableBytes());
        assertEquals(2048, second.writableBytes());
        second.release();
    }

    @Test
    void whatSomebodyStillHasIsNotWrittenOver() {
        ByteBuf kept = next();
        kept.writeLong(1);
        ByteBuf other = next();
        assertNotSame(kept, other);
        other.writeLong(2);
        assertEquals(1, kept.getLong(0));
        other.release();
        kept.release();
        assertSame(kept, next());
        kept.release();
    }
}
