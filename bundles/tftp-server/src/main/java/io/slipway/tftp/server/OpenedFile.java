package io.slipway.tftp.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import java.io.EOFException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that was found and opened for one transfer. It is read in chunks of a few blocks: a system call for each takes a
 * twentieth of what a lock-step block takes in all, and a quarter of what a block of a window takes. Belongs to one event
 * loop once the transfer has begun.
 */
final class OpenedFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpenedFile.class);

    /** In bytes: so few that they are still in the processor's cache when they are sent, with fifty transfers under way. */
    static final int CHUNK = 8192;

    private final BootRequest request;
    private final BootFile file;
    private final BootFile.Reader reader;
    private final SharedChunks shared;
    private final long length;
    private final boolean hasImmutablePath;
    /** Empty until something is read. */
    private ByteBuf chunk = Unpooled.EMPTY_BUFFER;

    private long chunkNumber = -1;

    private OpenedFile(BootRequest request, BootFile file, BootFile.Reader reader, SharedChunks shared) {
        this.request = request;
        this.file = file;
        this.reader = reader;
        this.shared = shared;
        this.length = file.length();
        this.hasImmutablePath = file.hasImmutablePath();
        shared.began();
    }

    static OpenedFile open(BootRequest request, BootFile file, SharedChunks shared) throws IOException {
        return new OpenedFile(request, file, file.open(), shared);
    }

    BootRequest request() {
        return request;
    }

    BootFile file() {
        return file;
    }

    long length() {
        return length;
    }

    /**
     * Appends bytes of the file to a buffer. The last ones only of a file that was not changed since it was found: a
     * client that has all has all of one file.
     *
     * @param count that the file has from this position on
     */
    void read(long position, int count, ByteBuf out) throws IOException {
        if (count > CHUNK / 2) {
            append(position, count, out);
        } else {
            copy(position, count, out);
        }
        if (position + count == length) {
            file.requireUnchanged();
        }
    }

    /**
     * Reads what will be wanted next while the client is at work with what it was sent, where it can be kept that long.
     *
     * @param count at most, of the file or beyond
     */
    void readAhead(long position, int count, ByteBufAllocator allocator) {
        long next = Math.max(position / CHUNK, chunkNumber + 1);
        long last = (Math.min(position + count, length) - 1) / CHUNK;
        if (chunkNumber < 0 || next > last || !hasImmutablePath || !shared.keeps(last - next + 1)) {
            return;
        }
        try {
            for (long number = next; number <= last; number++) {
                long wanted = number;
                shared.chunk(request.path(), wanted, () -> readChunk(wanted, allocator))
                        .release();
            }
        } catch (IOException e) {
            LOG.debug("reading {} ahead", request.path(), e); // told when it is wanted
        }
    }

    private void copy(long position, int count, ByteBuf out) throws IOException {
        long next = position;
        long end = position + count;
        while (next < end) {
            seek(next / CHUNK, out.alloc());
            int from = (int) (next % CHUNK);
            int length = (int) Math.min(end - next, CHUNK - from);
            out.writeBytes(chunk, from, length);
            next += length;
        }
    }

    private void seek(long number, ByteBufAllocator allocator) throws IOException {
        if (number == chunkNumber) {
            return;
        }
        ByteBuf found = hasImmutablePath
                ? shared.chunk(request.path(), number, () -> readChunk(number, allocator))
                : readChunk(number, allocator);
        chunk.release();
        chunk = found;
        chunkNumber = number;
    }

    private ByteBuf readChunk(long number, ByteBufAllocator allocator) throws IOException {
        ByteBuf read = allocator.directBuffer(CHUNK, CHUNK);
        try {
            append(number * CHUNK, (int) Math.min(CHUNK, length - number * CHUNK), read);
            return read;
        } catch (IOException | RuntimeException e) {
            read.release();
            throw e;
        }
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
        chunk.release();
        chunk = Unpooled.EMPTY_BUFFER;
        chunkNumber = -1;
        shared.ended();
        reader.close();
    }
}
