package io.slipway.state.embedded;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One file of the log's folder. The seam at which tests put a disk that forgets, tears and fails. */
interface LogFile extends Closeable {

    long size() throws IOException;

    /** Reads until the target is full or the file ends. */
    void read(ByteBuffer target, long position) throws IOException;

    /** Writes everything that remains in the source; beyond the end the file grows. */
    void write(ByteBuffer source, long position) throws IOException;

    /** Cuts the file; shorter files stay as they are. */
    void truncate(long size) throws IOException;

    /**
     * Returns when all that was written is on the disk.
     *
     * @param metadata whether the file's size changed, too
     */
    void force(boolean metadata) throws IOException;
}
