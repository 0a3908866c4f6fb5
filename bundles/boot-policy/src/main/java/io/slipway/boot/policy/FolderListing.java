package io.slipway.boot.policy;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The configuration files of a folder as they look from outside, sorted by name. Equal listings: nothing changed. */
record FolderListing(List<Item> items) {

    FolderListing {
        items = items.stream().sorted(Comparator.comparing(Item::name)).toList();
    }

    /**
     * @param size in bytes
     * @param key the file's identity on its file system, where it has one
     */
    record Item(String name, Kind kind, long size, FileTime modified, boolean readable, Optional<String> key) {}

    enum Kind {
        FILE,
        SYMBOLIC_LINK,
        OTHER
    }

    static FolderListing of(Path folder) throws IOException {
        List<Item> items = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder, FolderListing::isConfiguration)) {
            for (Path path : paths) {
                look(path).ifPresent(items::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return new FolderListing(items);
    }

    /** Whether every file was last changed longer ago than this, so that nobody is writing it now. */
    boolean isOlderThan(Duration age) {
        Instant latest = Instant.now().minus(age);
        return items.stream().allMatch(item -> item.modified().toInstant().isBefore(latest));
    }

    /** Not what editors leave beside a file: {@code .lab.yaml.swp}, {@code lab.yaml~}, {@code #lab.yaml#}. */
    private static boolean isConfiguration(Path path) {
        String name = name(path);
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".") && !name.startsWith("#");
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static Optional<Item> look(Path path) throws IOException {
        try {
            BasicFileAttributes seen = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Kind kind = seen.isRegularFile() ? Kind.FILE : seen.isSymbolicLink() ? Kind.SYMBOLIC_LINK : Kind.OTHER;
            Optional<String> key = Optional.ofNullable(seen.fileKey()).map(Object::toString);
            return Optional.of(
                    new Item(name(path), kind, seen.size(), seen.lastModifiedTime(), Files.isReadable(path), key));
        } catch (NoSuchFileException e) {
            // Renamed or removed since the folder was listed: the next look shows what came of it.
            return Optional.empty();
        }
    }
}
