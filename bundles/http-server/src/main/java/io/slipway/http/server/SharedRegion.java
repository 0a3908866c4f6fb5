package io.slipway.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultFileRegion;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Bytes of an open file that go to the socket without passing through memory: {@code sendfile} with epoll, the same
 * through {@link FileChannel#transferTo} with NIO. The file stays open when the region is done with.
 */
final class SharedRegion extends DefaultFileRegion {

    private final FileChannel file;

    SharedRegion(FileChannel file, long position, long count) {
        super(file, position, count);
        this.file = file;
    }

    /** So many bytes from the beginning on, at most all. */
    SharedRegion head(long length) {
        return new SharedRegion(file, position(), length);
    }

    /** The bytes that {@link #head} leaves. */
    SharedRegion tail(long length) {
        return new SharedRegion(file, position() + length, count() - length);
    }

    /**
     * The bytes, all of them, in memory.
     *
     * @throws IOException also when the file has become shorter
     */
    ByteBuf read(ByteBufAllocator memory) throws IOException {
        int length = Math.toIntExact(count());
        ByteBuf bytes = memory.directBuffer(length, length);
        try {
            while (bytes.isWritable()) {
                if (bytes.writeBytes(file, position() + bytes.writerIndex(), bytes.writableBytes()) < 0) {
                    throw new EOFException("the file has become shorter");
                }
            }
            return bytes;
        } catch (IOException e) {
            bytes.release();
            throw e;
        }
    }

    @Override
    protected void deallocate() {
        // Other regions are cut from the same file; OpenFile closes it.
    }
}
