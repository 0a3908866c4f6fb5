package io.slipway.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A file of the boot content: bytes in memory, or extents of local files that can be sent without a copy. Immutable;
 * {@link #open} gives a reader of its own to each transfer.
 */
public final class BootFile {

    /** The media type of a file of which nothing better is known. */
    public static final String OCTET_STREAM = "application/octet-stream";

    private final byte[] bytes;
    private final List<Extent> extents;
    private final long length;
    private final String mediaType;
    private final Optional<String> digest;
    private final Optional<Instant> modified;
    private final boolean isImmutable;
    private final Optional<Found> found;

    private BootFile(
            byte[] bytes,
            List<Extent> extents,
            String mediaType,
            Optional<String> digest,
            Optional<Instant> modified,
            boolean isImmutable,
            Optional<Found> found) {
        this.bytes = bytes;
        this.extents = extents;
        this.length = bytes.length + extents.stream().mapToLong(Extent::length).sum();
        this.mediaType = Objects.requireNonNull(mediaType, "mediaType");
        this.digest = digest;
        this.modified = modified;
        this.isImmutable = isImmutable;
        this.found = found;
    }

    /** What the file system said of a file. */
    private record Found(Path file, Object key, long size, FileTime modified) {

        static Found of(Path file, BasicFileAttributes attributes) {
            return new Found(
                    file,
                    Objects.requireNonNullElse(attributes.fileKey(), file),
                    attributes.size(),
                    attributes.lastModifiedTime());
        }

        static Found of(Path file) throws IOException {
            return of(file, Files.readAttributes(file, BasicFileAttributes.class));
        }
    }

    /**
     * A run of bytes in a local regular file.
     *
     * @param offset in bytes, 0 or more
     * @param length in bytes, 0 or more
     */
    public record Extent(Path file, long offset, long length) {
        public Extent {
            Objects.requireNonNull(file, "file");
            if (offset < 0 || length < 0 || offset + length < 0) {
                throw new IllegalArgumentException("extent at " + offset + " of length " + length);
            }
        }
    }

    /** Bytes in memory, for example a menu that was just written. */
    public static BootFile of(byte[] bytes, String mediaType) {
        return new BootFile(
                bytes.clone(), List.of(), mediaType, Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    /** Extents of local files, one after another. */
    public static BootFile of(List<Extent> extents, String mediaType) {
        return new BootFile(
                new byte[0],
                List.copyOf(extents),
                mediaType,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }

    /**
     * A local regular file as it is now, with the time of its last change.
     *
     * @throws IOException it is not there, is not a regular file or cannot be read
     */
    public static BootFile of(Path file, String mediaType) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NoSuchFileException(file.toString(), null, "not a regular file");
        }
        return new BootFile(
                new byte[0],
                List.of(new Extent(file, 0, attributes.size())),
                mediaType,
                Optional.empty(),
                Optional.of(attributes.lastModifiedTime().toInstant()),
                false,
                Optional.of(Found.of(file, attributes)));
    }

    /** This file, with the digest of its content in OCI's form, {@code sha256:…}. */
    public BootFile withDigest(String sha256) {
        return new BootFile(bytes, extents, mediaType, Optional.of(sha256), modified, isImmutable, found);
    }

    /** This file, with the time of its last change. */
    public BootFile withModified(Instant time) {
        return new BootFile(bytes, extents, mediaType, digest, Optional.of(time), isImmutable, found);
    }

    /**
     * This file, with the promise that its path names the same bytes for every client as long as it names any. Who
     * serves it may keep it open, and need not ask for each client again; not for longer than a second, in which it may
     * be removed.
     */
    public BootFile withImmutablePath() {
        return new BootFile(bytes, extents, mediaType, digest, modified, true, found);
    }

    public boolean hasImmutablePath() {
        return isImmutable;
    }

    /** In bytes. */
    public long length() {
        return length;
    }

    public String mediaType() {
        return mediaType;
    }

    public Optional<String> digest() {
        return digest;
    }

    public Optional<Instant> modified() {
        return modified;
    }

    /** The extents to send; empty when the content is in memory (or empty). */
    public List<Extent> extents() {
        return extents;
    }

    /**
     * Looks whether a local file that was found with {@link #of(Path, String)} was changed in place since then: what was
     * read of it is then of two files. One that was replaced or removed stays as it was for who has it open.
     *
     * @throws IOException it was changed
     */
    public void requireUnchanged() throws IOException {
        if (found.isEmpty()) {
            return;
        }
        try {
            Found now = Found.of(found.get().file());
            if (now.key().equals(found.get().key()) && !now.equals(found.get())) {
                throw new IOException(now.file() + " was changed while it was read");
            }
        } catch (NoSuchFileException e) {
            // Whoever has it open still has all of it.
            return;
        }
    }

    /** Opens the content for one transfer. The caller closes it. */
    public Reader open() throws IOException {
        return extents.isEmpty() ? new BytesReader(bytes) : ExtentsReader.open(extents);
    }

    /** The content of a file, for one transfer. Not safe for use by many threads. */
    public interface Reader extends AutoCloseable {

        /**
         * Fills the buffer from a position of the file.
         *
         * @return the bytes read: the buffer's remaining, or fewer only at the end of the file
         * @throws IOException also when the file on disk has become shorter than it was
         */
        int read(ByteBuffer target, long position) throws IOException;

        @Override
        void close() throws IOException;
    }
}
