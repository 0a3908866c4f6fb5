package io.slipway.http.server;

import io.netty.channel.DefaultFileRegion;
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

    @Override
    protected void deallocate() {
        // Other regions are cut from the same file; OpenFile closes it.
    }
}
