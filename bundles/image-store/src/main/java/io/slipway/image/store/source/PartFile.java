package io.slipway.image.store.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slipway.image.Digest;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * The begin of a download on disk, and beside it what it is the begin of. Only one download writes it at a time. After a
 * power failure no more of it counts than was forced: the rest may be zeros. It is written by the streams of java.io, which
 * an interrupt does not close: who is interrupted keeps what has come.
 */
final class PartFile implements Closeable {

    /** In bytes: how much a power failure may cost. */
    private static final long FORCED_EVERY = 64L << 20;

    private static final int BUFFER = 64 * 1024;

    private final Path path;
    private final Path sidecar;
    private final RandomAccessFile file;
    private final MessageDigest sha256 = Digest.sum();
    private Optional<String> validator = Optional.empty();
    private Optional<Instant> modified = Optional.empty();
    private long length;
    private long forced;

    private PartFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.sidecar = path.resolveSibling(path.getFileName() + ".json");
        this.file = file;
    }

    /**
     * Opens what is there of a download, or begins it.
     *
     * @param key of the address
     * @throws IOException the folder cannot be written, or the same is downloaded already
     */
    static PartFile open(Path folder, Digest key) throws IOException {
        Path path = folder.resolve(key.hex() + ".part");
        RandomAccessFile file;
        try {
            Files.createDirectories(folder);
            if (Files.isSymbolicLink(path)) {
                throw new IOException(path + " is a symbolic link");
            }
            file = new RandomAccessFile(path.toFile(), "rw");
        } catch (IOException e) {
            throw new IOException(
                    "download folder " + folder + " cannot be written (" + e
                            + "); let the user that runs Slipway write it",
                    e);
        }
        boolean opened = false;
        try {
            lock(file);
            PartFile part = new PartFile(path, file);
            part.restore();
            opened = true;
            return part;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    Path path() {
        return path;
    }

    /** In bytes. */
    long length() {
        return length;
    }

    /** What {@code If-Range} must say to get the rest; empty when only the whole can be had. */
    Optional<String> validator() {
        return validator;
    }

    Optional<Instant> modified() {
        return modified;
    }

    Digest digest() {
        return Digest.soFar(sha256);
    }

    /** Forgets what is there, and keeps what tells the file that comes now from others. */
    void begin(Optional<String> newValidator, Optional<Instant> newModified) throws IOException {
        Files.deleteIfExists(sidecar);
        try {
            file.setLength(0);
        } catch (IOException e) {
            throw unwritable(e);
        }
        sha256.reset();
        length = 0;
        forced = 0;
        validator = newValidator;
        modified = newModified;
    }

    void append(byte[] bytes, int count) throws IOException {
        try {
            file.seek(length);
            file.write(bytes, 0, count);
        } catch (IOException e) {
            throw unwritable(e);
        }
        sha256.update(bytes, 0, count);
        length += count;
        if (length - forced >= FORCED_EVERY) {
            force();
        }
    }

    /** What is there now counts, whatever happens. */
    void force() throws IOException {
        if (length == forced || validator.isEmpty()) {
            return;
        }
        try {
            file.getFD().sync();
            ObjectNode state = StrictJson.empty();
            state.put("validator", validator.get());
            modified.ifPresent(time -> state.put("modified", time.toString()));
            state.put("length", length);
            Path next = sidecar.resolveSibling(sidecar.getFileName() + ".new");
            try (OutputStream out = new FileOutputStream(next.toFile())) {
                out.write(StrictJson.bytes(state));
            }
            Files.move(next, sidecar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(e);
        }
        forced = length;
    }

    /** Removes it from the disk. */
    void remove() throws IOException {
        Files.deleteIfExists(sidecar);
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static void lock(RandomAccessFile file) throws IOException {
        boolean free;
        try {
            free = file.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException byThisProcess) {
            free = false;
        }
        if (!free) {
            throw new IOException("it is being downloaded already; wait until that is done");
        }
    }

    /** Reads what is there, so that the sum goes on from it. What does not fit together is begun anew. */
    private void restore() throws IOException {
        long kept = restoreState();
        if (kept < 0 || kept > file.length()) {
            begin(Optional.empty(), Optional.empty());
            return;
        }
        file.setLength(kept);
        file.seek(0);
        byte[] buffer = new byte[BUFFER];
        while (length < kept) {
            int count = file.read(buffer, 0, BUFFER);
            if (count < 0) {
                throw new IOException(path + " became shorter while it was read; remove it");
            }
            sha256.update(buffer, 0, count);
            length += count;
        }
        forced = length;
    }

    /** How much of it counts; negative when nothing is known of it. */
    private long restoreState() throws IOException {
        try (InputStream in = new FileInputStream(sidecar.toFile())) {
            ObjectNode state = StrictJson.object(in.readNBytes(BUFFER));
            validator = StrictJson.text(state, "validator").filter(PartFile::isHeader);
            modified = StrictJson.text(state, "modified").map(Instant::parse);
            return validator.isPresent() ? state.path("length").asLong(-1) : -1;
        } catch (FileNotFoundException begun) {
            return -1;
        } catch (DateTimeException | IOException damaged) {
            // It only spares a download; without it the download begins anew.
            return -1;
        }
    }

    /** It is sent to a server as it is. */
    private static boolean isHeader(String value) {
        return !value.isEmpty() && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    }

    private IOException unwritable(IOException failure) {
        return new IOException(
                "download folder " + path.getParent() + " cannot be written (" + failure.getMessage()
                        + "); make room in it, or let the user that runs Slipway write it",
                failure);
    }
}
