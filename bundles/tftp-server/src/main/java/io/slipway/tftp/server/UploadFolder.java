package io.slipway.tftp.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The one folder that takes uploads. A file there has a name that the server has made, and is its owner's only; until it
 * is whole and on the disk its name ends with {@value #UNFINISHED}. Reads and writes the disk, but for {@link #grow}; safe
 * for use by many threads.
 */
final class UploadFolder {

    /** The end of the name of what is not whole. */
    static final String UNFINISHED = ".part";

    /** Files of others, in a folder that was there before, are left alone. */
    private static final String OWN = "*-[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T*Z*-*";

    private static final int LONGEST_NAME = 100;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** More is asked for than is left. */
    static final class NoRoomException extends IOException {
        private static final long serialVersionUID = 1;

        NoRoomException(String message) {
            super(message);
        }
    }

    private final Path folder;
    /** The bytes that each running upload has, or has announced; guards {@link #kept}, too. */
    private final Map<Path, Long> running = new HashMap<>();
    /** The bytes of what was there when an upload last began, and of what came since. */
    private long kept;

    private boolean isPrepared;

    UploadFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /** Makes the folder, and removes what an earlier run has left unfinished. */
    synchronized void prepare() throws IOException {
        if (isPrepared) {
            return;
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, OWN + UNFINISHED)) {
            for (Path each : left) {
                Files.deleteIfExists(each);
            }
        }
        isPrepared = true;
    }

    /**
     * @param client fit for a file name
     * @param name as the client wrote it
     * @param announced its size, if the client has told it
     * @throws NoRoomException when it does not fit
     */
    synchronized Upload begin(String client, String name, OptionalLong announced, UploadSettings settings)
            throws IOException {
        prepare();
        Path whole = freeName(client + "-" + TIME.format(Instant.now()), "-" + safe(name));
        Path part = whole.resolveSibling(whole.getFileName() + UNFINISHED);
        long size = announced.orElse(0);
        long now = keptNow();
        synchronized (running) {
            kept = now;
            require(size, size, settings);
            running.put(part, size);
        }
        try {
            FileChannel channel = FileChannel.open(
                    part,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new Upload(this, part, whole, channel);
        } catch (IOException e) {
            hasEnded(part, 0);
            throw e;
        }
    }

    private Path freeName(String stem, String end) {
        Path whole = folder.resolve(stem + end);
        for (int number = 1; isTaken(whole) || isTaken(folder.resolve(whole.getFileName() + UNFINISHED)); number++) {
            whole = folder.resolve(stem + "." + number + end);
        }
        return whole;
    }

    private static boolean isTaken(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** The upload is about to have so many bytes. Does not wait for the disk. */
    void grow(Upload upload, long bytes, UploadSettings settings) throws NoRoomException {
        synchronized (running) {
            long before = running.getOrDefault(upload.part(), 0L);
            if (bytes > before) {
                require(bytes, bytes - before, settings);
                running.put(upload.part(), bytes);
            }
        }
    }

    private void hasEnded(Path part, long bytes) {
        synchronized (running) {
            running.remove(part);
            kept += bytes;
        }
    }

    private void require(long size, long more, UploadSettings settings) throws NoRoomException {
        if (size > settings.maximumSize()) {
            throw new NoRoomException("larger than maximumUploadSize, " + settings.maximumSize() + " bytes");
        }
        long used = kept + running.values().stream().mapToLong(Long::longValue).sum();
        if (used + more > settings.maximumSpace()) {
            throw new NoRoomException("maximumUploadSpace is used up: " + used + " of " + settings.maximumSpace()
                    + " bytes in " + folder);
        }
    }

    private long keptNow() throws IOException {
        Set<Path> unfinished;
        synchronized (running) {
            unfinished = Set.copyOf(running.keySet());
        }
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += unfinished.contains(file) ? 0 : file.toFile().length();
            }
        }
        return bytes;
    }

    /** It is whole: from now on it has its own name, also after a power cut. */
    synchronized void keep(Upload upload, long bytes) throws IOException {
        Files.move(upload.part(), upload.whole());
        try (FileChannel self = FileChannel.open(folder, StandardOpenOption.READ)) {
            self.force(true);
        }
        hasEnded(upload.part(), bytes);
    }

    /** It is no more. */
    synchronized void remove(Upload upload) throws IOException {
        hasEnded(upload.part(), 0);
        Files.deleteIfExists(upload.part());
    }

    /** Letters, digits and a few signs, so that it is one segment of a path and harmless in a shell. */
    static String safe(String name) {
        String harmless = name.replaceAll("[^A-Za-z0-9._-]|\\.part$", "_");
        return harmless.substring(Math.max(0, harmless.length() - LONGEST_NAME));
    }
}
