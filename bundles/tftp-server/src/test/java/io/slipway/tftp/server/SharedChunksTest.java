package io.slipway.tftp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedChunksTest {

    private final SharedChunks chunks = new SharedChunks();
    private final List<ByteBuf> read = new ArrayList<>();

    private ByteBuf chunk(String path, long number) throws IOException {
        return chunks.chunk(path, number, () -> {
            ByteBuf fresh = Unpooled.directBuffer(8);
            read.add(fresh);
            return fresh;
        });
    }

    @Test
    void isReadOnceForAll() throws IOException {
        ByteBuf first = chunk("/a", 0);
        assertSame(first, chunk("/a", 0));
        assertNotSame(first, chunk("/a", 1));
        assertNotSame(first, chunk("/b", 0));
        assertEquals(3, read.size());
    }

    @Test
    void isFreedWhenNobodyHasItAnyMore() throws IOException {
        ByteBuf first = chunk("/a", 0);
        chunk("/a", 0).release();
        assertEquals(2, first.refCnt());
        for (int i = 1; i <= SharedChunks.MOST; i++) {
            chunk("/a", i).release();
        }
        assertEquals(1, first.refCnt());
        first.release();
        chunks.close();
        read.forEach(each -> assertEquals(0, each.refCnt()));
    }

    @Test
    void whatIsReadAfterTheEndIsTheCallers() throws IOException {
        chunks.close();
        ByteBuf late = chunk("/a", 0);
        assertEquals(1, late.refCnt());
        late.release();
    }

    @Test
    void whatFailedIsReadAgain() throws IOException {
        assertThrows(
                IOException.class,
                () -> chunks.chunk("/a", 0, () -> {
                    throw new IOException("as the test asked");
                }));
        chunk("/a", 0).release();
        assertEquals(1, read.size());
    }
}
