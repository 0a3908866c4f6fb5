package io.slipway.sockets.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

class ReusedBufferTest {

    private final ReusedBuffer memory = new ReusedBuffer(2048);

    private ByteBuf next() {
        return memory.next();
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
