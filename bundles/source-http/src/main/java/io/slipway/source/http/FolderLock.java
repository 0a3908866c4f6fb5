package io.slipway.source.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One mirror has a folder, until closed or until the process ends. */
record FolderLock(String key, FileChannel channel) implements Closeable {

    /** @throws IOException another mirror has it; names the folder */
    static FolderLock take(String place, Path folder) throws IOException {
        // The kernel gives up a process's locks of a file when the process closes any descriptor of it (fcntl(2)). So a
        // second mirror of this process, perhaps of another version of this bundle, must not even open it.
        String key = FolderLock.class.getName() + ":" + folder.toRealPath();
        if (System.getProperties().putIfAbsent(key, "held") != null) {
            throw held(place, folder);
        }
        try {
            return new FolderLock(key, locked(place, folder));
        } catch (IOException | RuntimeException e) {
            System.getProperties().remove(key);
            throw e;
        }
    }

    private static FileChannel locked(String place, Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw held(place, folder);
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static IOException held(String place, Path folder) {
        return new IOException(
                place + ": folder = " + folder + " is in use by another mirror; give each a folder of its own");
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            System.getProperties().remove(key);
        }
    }
}
