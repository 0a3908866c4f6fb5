package io.slipway.http.server;

import io.netty.util.ReferenceCounted;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import java.io.IOException;
import java.util.List;

/**
 * A file that was found and opened to answer one request.
 *
 * @param open used by this answer until it is closed
 */
record OpenedFile(BootRequest request, OpenFile open) implements AutoCloseable {

    BootFile file() {
        return open.file();
    }

    Representation representation() {
        return open.representation();
    }

    /** What to write for a range that lies within the file, in order: one buffer, or regions of files. */
    List<ReferenceCounted> pieces(ByteRange range) {
        return open.pieces(range);
    }

    /** @throws IOException says what has happened to the files since they were opened */
    void requireIntact() throws IOException {
        open.requireIntact();
    }

    @Override
    public void close() throws IOException {
        open.done();
    }
}
