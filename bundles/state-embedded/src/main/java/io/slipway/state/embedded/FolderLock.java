package io.slipway.state.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Keeps a second server off a data folder: a lock on the file {@code lock} in it. */
final class FolderLock implements Closeable {

    private static final String OWNED = "io.slipway.state.embedded.owned:";

    private final String property;
    private final FileChannel channel;

    private FolderLock(String property, FileChannel channel) {
        this.property = property;
        this.channel = channel;
    }

    /** @param folder the real path, so that two names of one folder are one */
    static FolderLock acquire(Path folder) throws IOException {
        // POSIX drops a process's locks on a file when it closes any channel to it. A second opener in this process (an
        // older version of this bundle, say) must therefore be refused before it opens the file, and a system property
        // is what all class loaders share.
        String property = OWNED + folder;
        if (System.getProperties().putIfAbsent(property, "true") != null) {
            throw refusal(folder, "this process");
        }
        boolean acquired = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
            acquired = channel.tryLock() != null;
            if (!acquired) {
                throw refusal(folder, "another process");
            }
            return new FolderLock(property, channel);
        } finally {
            if (!acquired) {
                release(property, channel);
            }
        }
    }

    private static void release(String property, FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            System.clearProperty(property);
        }
    }

    private static IOException refusal(Path folder, String owner) {
        return new IOException("data folder " + folder + " is in use by " + owner + " (it holds "
                + folder.resolve("lock") + "); stop that server, or set 'folder' in"
                + " etc/io.slipway.state.embedded.cfg to another folder");
    }

    @Override
    public void close() throws IOException {
        release(property, channel);
    }
}
