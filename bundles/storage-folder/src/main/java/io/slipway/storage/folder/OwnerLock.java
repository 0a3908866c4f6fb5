package io.slipway.storage.folder;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Holds a folder for one backend in one process, until closed or until the process ends. */
final class OwnerLock implements Closeable {

    static final String FILE = ".lock";

    private final String key;
    private final FileChannel channel;

    private OwnerLock(String key, FileChannel channel) {
        this.key = key;
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing folder.
     *
     * @throws IOException names the folder and who holds it
     */
    static OwnerLock take(Path folder) throws IOException {
        // POSIX drops a process's lock when the process closes any descriptor of the file (fcntl(2)), so a second
        // opener in this process must be turned away before it opens the file. It may be another version of this
        // bundle with classes of its own: the system properties are what the two share.
        String key = OwnerLock.class.getName() + ":" + folder.toRealPath();
        if (System.getProperties().putIfAbsent(key, "held") != null) {
            throw held(folder, "this process");
        }
        try {
            return new OwnerLock(key, locked(folder));
        } catch (IOException | RuntimeException e) {
            System.getProperties().remove(key);
            throw e;
        }
    }

    private static FileChannel locked(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(FILE), CREATE, READ, WRITE);
        try {
            if (channel.tryLock() == null) {
                throw held(folder, "process " + holder(channel));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        return new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII);
    }

    private static IOException held(Path folder, String holder) {
        return new IOException("image folder " + folder + " is held by " + holder
                + "; stop that one, or give this one another folder (io.slipway.storage.folder, key folder)");
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
