package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import java.io.EOFException;
import java.io.IOException;

/**
 * A file that was found and opened for one transfer. It is read a few blocks ahead: a system call for each takes a
 * twentieth of what a lock-step block takes in all, and a quarter of what a block of a window takes. Belongs to one
 * event loop once the transfer has begun.
 */
final class OpenedFile implements AutoCloseable {

    /** In bytes: so few that they are still in the processor's cache when they are sent, with fifty transfers under way. */
    private static final int AHEAD = 8192;

    private final BootRequest request;
    private final BootFile file;
    private final BootFile.Reader reader;
    /** Empty until something is read. */
    private ByteBuf ahead = Unpooled.EMPTY_BUFFER;
    /** Where in the file it begins. */
    private long aheadFrom;

    OpenedFile(BootRequest request, BootFile file, BootFile.Reader reader) {
        this.request = request;
        this.file = file;
        this.reader = reader;
    }

    static OpenedFile open(BootRequest request, BootFile file) throws IOException {
        return new OpenedFile(request, file, file.open());
    }

    BootRequest request() {
        return request;
    }

    BootFile file() {
        return file;
    }

    long length() {
        return file.length();
    }

    /**
     * Appends bytes of the file to a buffer. The last ones only of a file that was not changed since it was found: a
     * client that has all has all of one file.
     *
     * @param count that the file has from this position on
     */
    void read(long position, int count, ByteBuf out) throws IOException {
        if (count > AHEAD / 2) {
            append(position, count, out);
        } else {
            if (position < aheadFrom || position + count > aheadFrom + ahead.readableBytes()) {
                readAhead(position, out.alloc());
            }
            out.writeBytes(ahead, (int) (position - aheadFrom), count);
        }
        if (position + count == length()) {
            file.requireUnchanged();
        }
    }

    private void readAhead(long position, ByteBufAllocator allocator) throws IOException {
        if (ahead.capacity() == 0) {
            ahead = allocator.directBuffer(AHEAD, AHEAD);
        }
        ahead.clear();
        aheadFrom = position;
        append(position, (int) Math.min(AHEAD, file.length() - position), ahead);
    }

    private void append(long position, int count, ByteBuf out) throws IOException {
        out.ensureWritable(count);
        int read = reader.read(out.internalNioBuffer(out.writerIndex(), count), position);
        if (read < count) {
            throw new EOFException(request.path() + " has become shorter than " + (position + count));
        }
        out.writerIndex(out.writerIndex() + count);
    }

    @Override
    public void close() throws IOException {
        ahead.release();
        ahead = Unpooled.EMPTY_BUFFER;
        reader.close();
    }
}
