package io.slipway.image.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a folder, sorted by path. Symbolic links inside the folder are followed, so that the Debian installer's
 * tree is imported as TFTP would serve it; a link to a folder that holds the link itself ({@code debian -> .} on
 * installation media) adds nothing and is left out.
 */
final class FolderWalk {

    /** A tree with more is no image of boot files: a file takes about 250 bytes of a manifest of at most 4 MB. */
    static final int MOST_ENTRIES = 10_000;

    private final Path root;
    private final Deque<Path> open = new ArrayDeque<>();
    private final List<FolderFile> files = new ArrayList<>();
    private int entries;

    private FolderWalk(Path root) {
        this.root = root;
    }

    /** @throws IOException names the file that cannot be imported, why, and the cure */
    static List<FolderFile> of(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " is not a folder; give the folder that holds the boot files");
        }
        FolderWalk walk = new FolderWalk(folder.toRealPath());
        walk.enter(walk.root, "");
        if (walk.files.isEmpty()) {
            throw new IOException(folder + " holds no files; give the folder that holds the boot files");
        }
        return List.copyOf(walk.files);
    }

    private void enter(Path folder, String prefix) throws IOException {
        if (open.contains(folder)) {
            return;
        }
        open.push(folder);
        for (Path entry : sorted(folder)) {
            visit(entry, prefix + name(entry));
        }
        open.pop();
    }

    private void visit(Path entry, String path) throws IOException {
        if (++entries > MOST_ENTRIES) {
            throw new IOException(root + " holds more than " + MOST_ENTRIES + " files and folders; an image holds boot"
                    + " files: pack a tree into an ISO, a squashfs or an archive");
        }
        Path real = resolve(entry);
        BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
        if (attributes.isDirectory()) {
            enter(real, path + "/");
        } else if (!attributes.isRegularFile()) {
            throw new IOException(entry + " is a device, a pipe or a socket; remove it from the folder");
        } else if (!Files.isReadable(real)) {
            throw new IOException(entry + " cannot be read; let the user that runs Slipway read it");
        } else {
            files.add(new FolderFile(
                    path, real, attributes.size(), attributes.lastModifiedTime().toInstant()));
        }
    }

    private Path resolve(Path entry) throws IOException {
        if (!Files.isSymbolicLink(entry)) {
            return entry;
        }
        Path real = target(entry);
        if (!real.startsWith(root)) {
            throw new IOException(entry + " is a symbolic link that leads out of the folder, to " + real
                    + "; copy that file in its place");
        }
        return real;
    }

    private static Path target(Path link) throws IOException {
        try {
            return link.toRealPath();
        } catch (FileSystemException e) {
            throw new IOException(
                    link + " is a symbolic link that leads nowhere, to " + Files.readSymbolicLink(link)
                            + "; remove it, or put there what it names",
                    e);
        }
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted((one, other) -> one.getFileName()
                            .toString()
                            .compareTo(other.getFileName().toString()))
                    .toList();
        } catch (FileSystemException e) {
            throw new IOException(folder + " cannot be read; let the user that runs Slipway read it", e);
        }
    }

    /** Machines ask for a file by this name, so it must be one that survives TFTP, HTTP and a boot menu. */
    private static String name(Path entry) throws IOException {
        String name = entry.getFileName().toString();
        if (name.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
            throw new IOException(entry.getParent() + " holds a file whose name has a backslash or a control"
                    + " character: '" + name.replaceAll("\\p{Cntrl}", "?") + "'; rename it");
        }
        if (name.indexOf('\uFFFD') >= 0) {
            throw new IOException(entry + ": the name is not valid in this locale; rename the file, or start Slipway"
                    + " with LC_ALL=C.UTF-8");
        }
        return name;
    }
}
