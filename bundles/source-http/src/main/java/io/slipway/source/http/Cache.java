package io.slipway.source.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was fetched, in a folder: each file under a name that is never used again, and beside it a note that says what
 * it is. A file is whole and in its place before its note is written, and the note appears in one step; so whatever a
 * kill leaves is either all of a file or is cleared at the next start. Who has a file open keeps it when it is
 * replaced or has to go. Safe for use by many threads.
 */
final class Cache implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(Cache.class);
    private static final String MARKER = "slipway-mirror";
    private static final String NOTE = ".note";

    /** How exactly it survives a restart which file was used last. */
    private static final Duration USED = Duration.ofMinutes(1);

    private final FolderLock lock;
    private final Path folder;
    private final Path files;
    private final Path incoming;
    private final long maximumSize;
    private final Clock clock;

    /** By path, the one that was used longest ago first. */
    private final Map<String, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);

    private long used;
    private boolean isClosed;

    /** @param usedAt as it is on the disk */
    private record Kept(Entry entry, Instant usedAt) {}

    private Cache(FolderLock lock, Path folder, long maximumSize, Clock clock) {
        this.lock = lock;
        this.folder = folder;
        this.files = folder.resolve("files");
        this.incoming = folder.resolve("incoming");
        this.maximumSize = maximumSize;
        this.clock = clock;
    }

    /** @throws IOException the folder cannot be made, has other things in it or belongs to another mirror; names it */
    static Cache open(Settings settings, Clock clock) throws IOException {
        Path folder = settings.folder();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(
                    settings.place() + ": folder = " + folder + " cannot be made (" + e
                            + "); let the server's user write there, or name another folder",
                    e);
        }
        FolderLock lock = FolderLock.take(settings.place(), folder);
        try {
            requireOurs(settings.place(), folder);
            Cache cache = new Cache(lock, folder, settings.maximumSize(), clock);
            cache.load();
            return cache;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Since files that no note names are removed, nobody else's may be here. */
    private static void requireOurs(String place, Path folder) throws IOException {
        Path marker = folder.resolve(MARKER);
        if (Files.exists(marker)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!Set.of(".lock", "lost+found").contains(entry.getFileName().toString())) {
                    throw new IOException(place + ": folder = " + folder + " has other files, such as "
                            + entry.getFileName() + "; expected an empty folder, or one that does not exist");
                }
            }
        }
        Files.writeString(marker, "What Slipway has fetched from another server. It may be removed as a whole.\n");
    }

    Path folder() {
        return folder;
    }

    synchronized int count() {
        return kept.size();
    }

    Path file(Entry entry) {
        return files.resolve(entry.file());
    }

    /** What there is of a path; it counts as used now. */
    synchronized Optional<Entry> find(String path) {
        Kept found = kept.get(path);
        if (found == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (now.isAfter(found.usedAt().plus(USED))) {
            kept.put(path, new Kept(found.entry(), now));
            try {
                Files.setLastModifiedTime(note(path), FileTime.from(now));
            } catch (IOException e) {
                // After a restart the file would be thought to be used longer ago than it was.
                LOG.debug("{}", path, e);
            }
        }
        return Optional.of(found.entry());
    }

    Incoming begin() throws IOException {
        return new Incoming(this, incoming.resolve(UUID.randomUUID().toString()));
    }

    /** Keeps a file that is whole, in the place of what was there before. */
    Entry keep(String path, Incoming file, Optional<String> etag, Optional<String> modified) throws IOException {
        Entry entry = new Entry(
                path,
                hash(path) + "." + UUID.randomUUID(),
                file.size(),
                file.sha256(),
                etag,
                modified,
                clock.instant());
        file.moveTo(file(entry));
        synchronized (this) {
            try {
                requireOpen();
                write(entry);
            } catch (IOException e) {
                used -= entry.size();
                Files.deleteIfExists(file(entry));
                throw e;
            }
            Kept before = kept.put(path, new Kept(entry, clock.instant()));
            if (before != null) {
                used -= before.entry().size();
                Files.deleteIfExists(file(before.entry()));
            }
        }
        return entry;
    }

    /** Notes that the other server has still the same. */
    synchronized Entry checked(Entry entry) throws IOException {
        Entry checked = entry.checkedAt(clock.instant());
        Kept now = kept.get(entry.path());
        if (now != null && now.entry().file().equals(entry.file())) {
            requireOpen();
            write(checked);
            kept.put(entry.path(), new Kept(checked, clock.instant()));
        }
        return checked;
    }

    synchronized void remove(String path) throws IOException {
        requireOpen();
        Kept gone = kept.remove(path);
        if (gone != null) {
            delete(gone.entry());
        }
    }

    /** Makes room for bytes, of which those are the first to go that were used longest ago. */
    synchronized void reserve(long bytes) throws IOException {
        requireOpen();
        Iterator<Kept> eldest = kept.values().iterator();
        while (used + bytes > maximumSize && eldest.hasNext()) {
            Entry entry = eldest.next().entry();
            eldest.remove();
            delete(entry);
            LOG.debug("{} has to go from {}", entry.path(), folder);
        }
        if (used + bytes > maximumSize) {
            throw new IOException("mirror folder " + folder + " is full of what is being fetched; raise maximumSize");
        }
        used += bytes;
    }

    synchronized void release(long bytes) {
        used -= bytes;
    }

    /** @throws IOException a file of so many bytes can never be kept */
    void requireRoom(long bytes) throws IOException {
        if (bytes > maximumSize) {
            throw new IOException("mirror folder " + folder + " may have " + maximumSize
                    + " bytes, and the file alone has " + bytes + "; raise maximumSize");
        }
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        lock.close();
    }

    /** Another mirror may have the folder by now. */
    private void requireOpen() throws IOException {
        if (isClosed) {
            throw new IOException("mirror folder " + folder + " is closed; ask again");
        }
    }

    private void delete(Entry entry) throws IOException {
        used -= entry.size();
        Files.deleteIfExists(note(entry.path()));
        Files.deleteIfExists(file(entry));
    }

    private void write(Entry entry) throws IOException {
        Path next = incoming.resolve(UUID.randomUUID().toString());
        Files.write(next, entry.bytes());
        Files.setLastModifiedTime(next, FileTime.from(clock.instant()));
        Files.move(next, note(entry.path()), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path note(String path) {
        return files.resolve(hash(path) + NOTE);
    }

    private void load() throws IOException {
        Files.createDirectories(files);
        Files.createDirectories(incoming);
        clear(incoming, Set.of());
        List<Kept> found = new ArrayList<>();
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(files, "*" + NOTE)) {
            for (Path note : notes) {
                read(note).ifPresent(found::add);
            }
        }
        found.sort(Comparator.comparing(Kept::usedAt));
        Set<String> names = new HashSet<>();
        for (Kept one : found) {
            kept.put(one.entry().path(), one);
            used += one.entry().size();
            names.add(one.entry().file());
            names.add(note(one.entry().path()).getFileName().toString());
        }
        clear(files, names);
        reserve(0);
    }

    /** Empty for a note that is broken, or whose file is not there as it says. */
    private Optional<Kept> read(Path note) throws IOException {
        try {
            Entry entry = Entry.parse(Files.readAllBytes(note));
            boolean isWhole = note.equals(note(entry.path())) && Files.size(file(entry)) == entry.size();
            return isWhole
                    ? Optional.of(
                            new Kept(entry, Files.getLastModifiedTime(note).toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.info("{} is not used, its file is fetched again: {}", note, e.getMessage());
            return Optional.empty();
        }
    }

    private static void clear(Path folder, Set<String> exceptions) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (!exceptions.contains(entry.getFileName().toString())) {
                    Files.delete(entry);
                }
            }
        }
    }

    private static String hash(String path) {
        try {
            byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
