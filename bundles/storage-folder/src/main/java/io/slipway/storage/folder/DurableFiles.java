package io.slipway.storage.folder;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that appear whole or not at all, also when the power fails: bytes are forced to disk in {@code .incoming}, then
 * the file is renamed to its place and the folder's entry is forced, too.
 *
 * @param incoming in the same file system as every target
 */
record DurableFiles(Path incoming) {

    /** Makes the incoming folder and removes what a crash left in it. */
    static DurableFiles in(Path layout) throws IOException {
        Path incoming = Files.createDirectories(layout.resolve(".incoming"));
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(incoming)) {
            for (Path leftover : leftovers) {
                Files.delete(leftover);
            }
        }
        return new DurableFiles(incoming);
    }

    /** A new empty file for bytes that are still arriving. */
    Path create() throws IOException {
        return Files.createTempFile(incoming, "incoming-", "");
    }

    /** Puts a finished file, whose bytes are forced already, in its place. */
    void moveIntoPlace(Path finished, Path target) throws IOException {
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(target.getParent());
    }

    /** Replaces a small file in one step. */
    void replace(Path target, byte[] bytes) throws IOException {
        Path finished = create();
        try {
            try (FileChannel channel = FileChannel.open(finished, WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            moveIntoPlace(finished, target);
        } finally {
            Files.deleteIfExists(finished);
        }
    }

    /** Makes the names in a folder durable: fsync(2), "does not ensure that the entry in the directory …". */
    static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
        }
    }
}
