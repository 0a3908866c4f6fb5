package io.slipway.image.store.export;

import static java.nio.file.StandardOpenOption.READ;

import io.slipway.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** A layout in a folder. Every file appears whole, or not at all. */
public final class FolderTarget implements LayoutTarget {

    private static final String MARKER = "oci-layout";

    private final Path folder;
    private final Path blobs;
    /** What the images that are written now need. */
    private final Set<String> needed = new HashSet<>();

    private FolderTarget(Path folder) throws IOException {
        this.folder = folder;
        this.blobs = Files.createDirectories(folder.resolve("blobs").resolve("sha256"));
    }

    /**
     * A folder that is made, is empty, or is a layout already.
     *
     * @throws IOException it is something else
     */
    public static FolderTarget at(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new IOException(folder + " is a file; name a folder");
        }
        if (Files.isDirectory(folder) && !Files.exists(folder.resolve(MARKER)) && !isEmpty(folder)) {
            throw new IOException(
                    folder + " holds other files; name an empty folder, or one that an earlier run wrote");
        }
        return new FolderTarget(folder);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    @Override
    public boolean has(Digest digest, long size) throws IOException {
        needed.add(digest.hex());
        Path file = blobs.resolve(digest.hex());
        return Files.isRegularFile(file) && Files.size(file) == size;
    }

    @Override
    public void blob(Digest digest, long size, InputStream bytes) throws IOException {
        write(blobs.resolve(digest.hex()), new CheckedStream(bytes, digest, size));
    }

    @Override
    public void file(String name, byte[] bytes) throws IOException {
        write(folder.resolve(name), new ByteArrayInputStream(bytes));
    }

    /**
     * Removes the blobs that none of the images needs which were written through this target.
     *
     * @return how many
     */
    public long removeOthers() throws IOException {
        long removed = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(blobs)) {
            for (Path file : files) {
                if (!needed.contains(file.getFileName().toString())) {
                    Files.delete(file);
                    removed++;
                }
            }
        }
        return removed;
    }

    private void write(Path target, InputStream bytes) throws IOException {
        Path part = Files.createTempFile(folder, ".part-", "");
        try {
            Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel written = FileChannel.open(part, READ)) {
                written.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void close() throws IOException {
        for (Path written : new Path[] {blobs, folder}) {
            try (FileChannel entries = FileChannel.open(written, READ)) {
                entries.force(true);
            }
        }
    }
}
