package io.slipway.image.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The entries that are shipped and those of a folder, read anew each time that somebody asks. */
record CatalogFolder(Path folder) {

    /** The shipped files, in the bundle. */
    static final List<String> SHIPPED = List.of("debian.yaml");

    private static final int MAX_FILES = 200;

    /**
     * What can be added.
     *
     * @param entries by name
     * @param problems of the files that are refused, and of entries that another file has, too
     */
    record Reading(Map<String, CatalogEntry> entries, List<Problem> problems) {
        Reading {
            entries = Collections.unmodifiableMap(new TreeMap<>(entries));
            problems = List.copyOf(problems);
        }
    }

    /** An entry of the folder takes the place of a shipped one of the same name. */
    Reading read() {
        Map<String, CatalogEntry> entries = new TreeMap<>();
        Map<String, String> files = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String name : SHIPPED) {
            take(name, shipped(name), entries, problems);
        }
        try {
            for (Path file : list()) {
                readFile(file, entries, files, problems);
            }
        } catch (NoSuchFileException e) {
            // There need not be such a folder: who adds nothing has none.
            return new Reading(entries, problems);
        } catch (IOException e) {
            problems.add(new Problem(
                    folder.toString(), 0, "cannot be read (" + e + "); let the server's user read this folder"));
        }
        return new Reading(entries, problems);
    }

    private void readFile(
            Path path, Map<String, CatalogEntry> entries, Map<String, String> files, List<Problem> problems) {
        String name = path.getFileName().toString();
        Map<String, CatalogEntry> found = new TreeMap<>();
        try {
            take(name, bytes(path), found, problems);
        } catch (NoSuchFileException e) {
            // Removed since the folder was listed.
            return;
        } catch (IOException e) {
            problems.add(new Problem(name, 0, String.valueOf(e.getMessage())));
        }
        for (Map.Entry<String, CatalogEntry> entry : found.entrySet()) {
            String other = files.putIfAbsent(entry.getKey(), name);
            if (other == null) {
                entries.put(entry.getKey(), entry.getValue());
            } else {
                problems.add(new Problem(
                        name, 0, "entry " + entry.getKey() + " is also in " + other + ", which counts; rename one"));
            }
        }
    }

    private static void take(String name, byte[] bytes, Map<String, CatalogEntry> entries, List<Problem> problems) {
        try {
            EntryReader.read(name, bytes).forEach(entry -> entries.put(entry.name(), entry));
        } catch (RefusedFileException e) {
            problems.add(e.problem());
        }
    }

    /** By name; not what editors leave beside a file. */
    private List<Path> list() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, "*.{yaml,yml}")) {
            for (Path path : paths) {
                String name = path.getFileName().toString();
                if (!name.startsWith(".") && !name.startsWith("#")) {
                    files.add(path);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (files.size() > MAX_FILES) {
            throw new IOException("it has more than " + MAX_FILES + " files");
        }
        files.sort(Comparator.comparing(path -> path.getFileName().toString()));
        return files;
    }

    private static byte[] bytes(Path file) throws IOException {
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!seen.isRegularFile()) {
            throw new IOException("not a regular file; put the file itself here");
        }
        if (!Files.isReadable(file)) {
            throw new IOException("permission denied; make it readable for the user that runs the server");
        }
        try (InputStream in = Channels.newInputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
            return in.readNBytes(YamlValue.LARGEST + 1);
        }
    }

    private static byte[] shipped(String name) {
        try (InputStream in = CatalogFolder.class.getResourceAsStream("entries/" + name)) {
            if (in == null) {
                throw new IllegalStateException("entries/" + name + " is not in the bundle");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
