package io.slipway.source.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that is being fetched. Closed before it is kept, it is gone, and so is its part of the space. */
final class Incoming implements Closeable {

    private final Cache cache;
    private final Path file;
    private final FileChannel channel;
    private final MessageDigest sum;
    private long size;
    private boolean isKept;

    Incoming(Cache cache, Path file) throws IOException {
        this.cache = cache;
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            this.sum = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** @throws IOException there is no space for them, in the configured one or on the disk; names the folder */
    void write(byte[] bytes, int count) throws IOException {
        cache.reserve(count);
        size += count;
        sum.update(bytes, 0, count);
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, count);
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw new IOException(
                    "mirror folder " + cache.folder() + " cannot be written (" + e.getMessage()
                            + "); look at that disk (space, permissions), or lower maximumSize",
                    e);
        }
    }

    long size() {
        return size;
    }

    /** The sum of all bytes. Called once, when all have been written. */
    String sha256() {
        return HexFormat.of().formatHex(sum.digest());
    }

    /** Puts the file in its place: it is whole, and on the disk. */
    void moveTo(Path place) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(file, place);
        isKept = true;
    }

    @Override
    public void close() throws IOException {
        if (!isKept) {
            cache.release(size);
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}
