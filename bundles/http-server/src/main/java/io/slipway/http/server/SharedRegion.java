package io.slipway.http.server;

import io.netty.channel.DefaultFileRegion;
import java.nio.channels.FileChannel;

/**
 * Bytes of an open file that go to the socket without passing through memory: {@code sendfile} with epoll, the same
 * through {@link FileChannel#transferTo} with NIO. The file stays open when the region is done with.
 */
final class SharedRegion extends DefaultFileRegion {

    SharedRegion(FileChannel file, long position, long count) {
        super(file, position, count);
    }

    @Override
    protected void deallocate() {
        // Other regions are cut from the same file; OpenedFile closes it.
    }
}
