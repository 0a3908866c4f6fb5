package io.slipway.storage.folder;

import static java.nio.file.StandardOpenOption.WRITE;

import io.slipway.image.Digest;
import io.slipway.image.OwnedBackend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** The layout's {@code blobs/sha256/<hex>} (image-layout, "Blobs"). A file there is whole. */
final class BlobFolder {

    private static final int BUFFER = 64 * 1024;
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");

    private static final String QUARANTINE = ".quarantine";

    private final Path folder;
    private final Path quarantine;
    private final DurableFiles files;

    BlobFolder(Path layout, DurableFiles files) throws IOException {
        this.folder = Files.createDirectories(layout.resolve("blobs").resolve("sha256"));
        this.quarantine = layout.resolve(QUARANTINE);
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
                    && digest(here.get()).equals(digest)
                    && renew(here.get())) {
                // Another writer may have renamed it this moment and not yet forced the name.
                DurableFiles.forceFolder(folder);
                return here.get();
            }
            // The kernel's own time of a file lags behind the clock that others compare it with.
            Files.setLastModifiedTime(incoming, FileTime.from(Instant.now()));
            Path file = folder.resolve(digest.hex());
            files.moveIntoPlace(incoming, file);
            return new FileBlob(digest, size, file);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    /** Every blob; what is in the folder and is none is passed over. */
    void each(OwnedBackend.Visitor visitor) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (NAME.matcher(name).matches()) {
                    show(entry, new Digest(name), visitor);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void show(Path entry, Digest digest, OwnedBackend.Visitor visitor) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class);
        } catch (NoSuchFileException gone) {
            return;
        }
        if (attributes.isRegularFile()) {
            visitor.blob(
                    digest, attributes.size(), attributes.lastModifiedTime().toInstant());
        }
    }

    /** Removes a blob that was not stored since. Its name may come back when the power fails; a later call takes it. */
    synchronized boolean remove(Digest digest, Instant unlessStoredSince) throws IOException {
        Path file = folder.resolve(digest.hex());
        try {
            if (!Files.getLastModifiedTime(file).toInstant().isBefore(unlessStoredSince)) {
                return false;
            }
            Files.delete(file);
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /**
     * Copies a damaged blob out of the way, an older one of the same digest there gives way, and takes its bytes from
     * whoever has it open: what is being sent of it ends in an error.
     */
    synchronized boolean quarantine(Digest digest) throws IOException {
        Path file = folder.resolve(digest.hex());
        if (!Files.exists(file)) {
            return false;
        }
        try {
            Files.createDirectories(quarantine);
            Files.copy(file, quarantine.resolve(digest.hex()), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            // Also when there is no room for the copy, or its bytes cannot be read: nobody may be sent them.
            try (FileChannel channel = FileChannel.open(file, WRITE)) {
                channel.truncate(0);
            }
            Files.delete(file);
            DurableFiles.forceFolder(folder);
        }
        return true;
    }

    /** Stored again, so that nobody removes it who thinks it old; false when it has just been removed. */
    private synchronized boolean renew(FileBlob blob) throws IOException {
        try {
            Files.setLastModifiedTime(blob.path(), FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static Digest digest(FileBlob blob) throws IOException {
        MessageDigest sha256 = Digest.sum();
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = blob.open()) {
            for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
                sha256.update(buffer, 0, count);
            }
        }
        return Digest.of(sha256.digest());
    }

    private Digest copy(InputStream bytes, Path target) throws IOException {
        MessageDigest sha256 = Digest.sum();
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
}
