package io.slipway.tftp.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that a client sends. Reads and writes the disk; safe for use by many threads. */
final class Upload {

    private final UploadFolder folder;
    private final Path part;
    private final Path whole;
    private final FileChannel channel;
    private final MessageDigest digest;
    private long bytes;
    private boolean isKept;
    private boolean isDiscarded;

    Upload(UploadFolder folder, Path part, Path whole, FileChannel channel) {
        this.folder = folder;
        this.part = part;
        this.whole = whole;
        this.channel = channel;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    Path part() {
        return part;
    }

    Path whole() {
        return whole;
    }

    /** Appends. */
    synchronized void write(byte[] chunk) throws IOException {
        digest.update(chunk);
        ByteBuffer left = ByteBuffer.wrap(chunk);
        while (left.hasRemaining()) {
            bytes += channel.write(left);
        }
    }

    /**
     * It is whole, and on the disk when this returns.
     *
     * @return its digest, as {@code sha256:…}
     */
    synchronized String keep() throws IOException {
        if (isDiscarded) {
            throw new ClosedChannelException();
        }
        channel.force(true);
        channel.close();
        folder.keep(this, bytes);
        isKept = true;
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** Nobody wants it, whole or not. */
    synchronized void discard() throws IOException {
        isDiscarded = true;
        try {
            channel.close();
        } finally {
            folder.remove(this);
            if (isKept) {
                Files.deleteIfExists(whole);
            }
        }
    }
}
