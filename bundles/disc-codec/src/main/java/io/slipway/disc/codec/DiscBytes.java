package io.slipway.disc.codec;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * The bytes of a disc image's file, for many threads at once. A thread that is interrupted while it reads closes the
 * channel (InterruptibleChannel), and so for all of them: the next one opens it again, if it is still the same file.
 */
final class DiscBytes implements Closeable {

    /** The kernel is given no more at a time: the JDK keeps a buffer of this size outside of the heap for each thread. */
    static final int CHUNK = 64 * 1024;

    /** More threads are not interrupted at one time. */
    private static final int ATTEMPTS = 1000;

    private final Path file;
    private final Identity identity;
    private volatile FileChannel channel;
    private volatile boolean closed;

    private DiscBytes(Path file, Identity identity, FileChannel channel) {
        this.file = file;
        this.identity = identity;
        this.channel = channel;
    }

    /** @throws IOException names the file: it is not there, is no regular file, or cannot be read */
    static DiscBytes open(Path file) throws IOException {
        Identity identity = Identity.of(file);
        return new DiscBytes(file, identity, channel(file));
    }

    Path file() {
        return file;
    }

    /** In bytes, as it was when it was opened. */
    long size() {
        return identity.size();
    }

    /**
     * Reads some of what the buffer has room for.
     *
     * @return how many bytes, at least one
     * @throws IOException names the file: it cannot be read, has become shorter, or is closed
     */
    int readSome(ByteBuffer target, long position) throws IOException {
        int limit = target.limit();
        target.limit(target.position() + Math.min(target.remaining(), CHUNK));
        try {
            int count = attempt(target, position);
            if (count < 1) {
                throw new IOException(
                        file + " has become shorter than " + size() + " bytes; copy or download it again");
            }
            return count;
        } finally {
            target.limit(limit);
        }
    }

    private int attempt(ByteBuffer target, long position) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            FileChannel current = channel;
            try {
                return current.read(target, position);
            } catch (ClosedByInterruptException e) {
                throw interrupted(e);
            } catch (ClosedChannelException e) {
                reopen(current, e);
            } catch (IOException e) {
                throw new IOException(file + " cannot be read at byte " + position + ": " + e.getMessage(), e);
            }
        }
        throw new IOException(file + " was closed " + ATTEMPTS + " times while it was read");
    }

    /** The thread stays interrupted: whoever has interrupted it is told so by what it does next. */
    private IOException interrupted(ClosedByInterruptException cause) {
        IOException interrupted = new InterruptedIOException(file + ": the thread that read it was interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    private synchronized void reopen(FileChannel dead, ClosedChannelException cause) throws IOException {
        if (closed) {
            throw new IOException(file + " is closed", cause);
        }
        if (channel != dead) {
            return;
        }
        FileChannel fresh = channel(file);
        if (!Identity.of(file).equals(identity)) {
            fresh.close();
            throw new IOException(file + " has been replaced or changed since it was opened; open it again", cause);
        }
        channel = fresh;
    }

    private static FileChannel channel(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read; let the user that runs Slipway read it", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }

    /** What tells a file from another one that has come to its name. */
    private record Identity(Object key, long size, FileTime modified) {

        static Identity of(Path file) throws IOException {
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(file, BasicFileAttributes.class);
            } catch (NoSuchFileException e) {
                throw new IOException(file + " is not there; give the file of a disc image", e);
            }
            if (!attributes.isRegularFile()) {
                throw new IOException(file + " is not a regular file; give the file of a disc image");
            }
            // File systems without inodes have no key; size and time must do there.
            Object key = Objects.requireNonNullElse(attributes.fileKey(), "none");
            return new Identity(key, attributes.size(), attributes.lastModifiedTime());
        }
    }
}
