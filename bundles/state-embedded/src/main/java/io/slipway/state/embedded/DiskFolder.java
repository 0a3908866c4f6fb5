package io.slipway.state.embedded;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A {@link LogFolder} on the file system, locked while it is open. */
final class DiskFolder implements LogFolder {

    private final Path folder;
    private final FolderLock lock;

    private DiskFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Opens a folder, making it if needed.
     *
     * @throws IOException when the folder cannot be used, or belongs to another server; the message says what to do
     */
    static DiskFolder own(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path real = folder.toRealPath();
        return new DiskFolder(real, FolderLock.acquire(real));
    }

    @Override
    public boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    @Override
    public LogFile open(String name) throws IOException {
        return new DiskFile(folder.resolve(name), READ, WRITE);
    }

    @Override
    public LogFile create(String name) throws IOException {
        return new DiskFile(folder.resolve(name), READ, WRITE, CREATE, TRUNCATE_EXISTING);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to), ATOMIC_MOVE);
    }

    @Override
    public void copy(String from, String to) throws IOException {
        Path copy = folder.resolve(to);
        Files.copy(folder.resolve(from), copy);
        try (FileChannel channel = FileChannel.open(copy, WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void force() throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }

    @Override
    public String describe(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
