package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that was found and opened for one transfer.
 *
 * @param request that it answers
 * @param reader closed with this
 */
record OpenedFile(BootRequest request, BootFile file, BootFile.Reader reader) implements AutoCloseable {

    static OpenedFile open(BootRequest request, BootFile file) throws IOException {
        return new OpenedFile(request, file, file.open());
    }

    long length() {
        return file.length();
    }

    /**
     * Appends bytes of the file to a direct buffer, without a copy on the way.
     *
     * @param count that the file has from this position on
     */
    void read(long position, int count, ByteBuf out) throws IOException {
        out.ensureWritable(count);
        ByteBuffer target = out.internalNioBuffer(out.writerIndex(), count);
        if (reader.read(target, position) < count) {
            throw new EOFException(request.path() + " has become shorter than " + (position + count));
        }
        out.writerIndex(out.writerIndex() + count);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
