package io.slipway.storage.folder;

import static java.nio.file.StandardOpenOption.WRITE;

import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The layout's {@code blobs/sha256/<hex>} (image-layout, "Blobs"). A file there is whole. */
final class BlobFolder {

    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final DurableFiles files;

    BlobFolder(Path layout, DurableFiles files) throws IOException {
        this.folder = Files.createDirectories(layout.resolve("blobs").resolve("sha256"));
        this.files = files;
        DurableFiles.forceFolder(layout.resolve("blobs"));
    }

    Optional<FileBlob> find(Digest digest) throws IOException {
        Path file = folder.resolve(digest.hex());
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new FileBlob(digest, attributes.size(), file))
                    : Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /**
     * Reads the stream to its end; when this returns, its bytes are on disk under their digest. What is here already
     * is read, too, and written again only if it has rotted: so an import mends the store.
     */
    FileBlob store(InputStream bytes) throws IOException {
        Path incoming = files.create();
        try {
            Digest digest = copy(bytes, incoming);
            long size = Files.size(incoming);
            Optional<FileBlob> here = find(digest);
            if (here.isPresent()
                    && here.get().size() == size
                    && digest(here.get()).equals(digest)) {
                // Another writer may have renamed it this moment and not yet forced the name.
                DurableFiles.forceFolder(folder);
                return here.get();
            }
            Path file = folder.resolve(digest.hex());
            files.moveIntoPlace(incoming, file);
            return new FileBlob(digest, size, file);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    private static Digest digest(FileBlob blob) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = blob.open()) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
        }
        return Digest.of(sha256.digest());
    }

    private Digest copy(InputStream bytes, Path target) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] buffer = new byte[BUFFER];
        try (FileChannel channel = FileChannel.open(target, WRITE)) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                sha256.update(buffer, 0, count);
                write(channel, ByteBuffer.wrap(buffer, 0, count));
            }
            channel.force(true);
        }
        return Digest.of(sha256.digest());
    }

    /** A full disk says only "No space left on device"; the operator must know which. */
    private void write(FileChannel channel, ByteBuffer rest) throws IOException {
        try {
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        } catch (IOException e) {
            throw new IOException("image folder " + folder + ": " + e.getMessage(), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
