package io.slipway.image.store.source;

import io.slipway.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** The files of a foreign layout. Links in it are followed as long as they stay in it. */
final class LayoutFiles {

    private final Path shown;
    private final Path root;

    private LayoutFiles(Path shown, Path root) {
        this.shown = shown;
        this.root = root;
    }

    /** @throws IOException there is no such folder */
    static LayoutFiles in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder; give the folder of an OCI image layout");
        }
        return new LayoutFiles(folder, folder.toRealPath());
    }

    /** What messages call the layout. */
    Path shown() {
        return shown;
    }

    /**
     * A file of the layout as a whole.
     *
     * @throws IOException it is not there, is longer than it may be, or cannot be read
     */
    byte[] read(String path, int largest) throws IOException {
        Path file = find(path)
                .orElseThrow(() -> new IOException(shown + " has no file " + path
                        + "; give the folder of an OCI image layout, as skopeo copy … oci:FOLDER:TAG writes it"));
        try (InputStream bytes = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] all = bytes.readNBytes(largest + 1);
            if (all.length > largest) {
                throw new IOException(shown + ": " + path + " is longer than " + largest
                        + " bytes, which no registry would take; copy the image again");
            }
            return all;
        }
    }

    /** In bytes; empty when the blob is not there. */
    Optional<Long> size(Digest digest) throws IOException {
        Optional<Path> file = find(blob(digest));
        return file.isEmpty() ? Optional.empty() : Optional.of(Files.size(file.get()));
    }

    /** @throws IOException the blob is not there, or cannot be read */
    InputStream open(Digest digest) throws IOException {
        Path file = find(blob(digest))
                .orElseThrow(() -> new IOException(
                        shown + " has no blob " + digest + "; copy the image again, with all its layers"));
        return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Where a blob is (image-layout.md, "Blobs"). */
    static String blob(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    /** The regular file of a path, without links on the way to it. */
    private Optional<Path> find(String path) throws IOException {
        Path real;
        try {
            real = root.resolve(path).toRealPath();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (FileSystemException e) {
            throw new IOException(
                    shown + ": " + path + " cannot be read (" + e + "); let the user that runs Slipway" + " read it",
                    e);
        }
        if (!real.startsWith(root)) {
            throw new IOException(shown + ": " + path + " is a symbolic link that leads out of the layout, to " + real
                    + "; copy that file in its place");
        }
        if (!Files.readAttributes(real, BasicFileAttributes.class).isRegularFile()) {
            throw new IOException(shown + ": " + path + " is not a file; copy the image again");
        }
        return Optional.of(real);
    }
}
