package io.slipway.image.store;

import io.slipway.image.ImageRef;
import io.slipway.image.store.source.LayoutImage;
import io.slipway.image.store.source.OciLayout;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder into which other tools copy images: {@code skopeo copy … oci:INBOX/debian-12:current}. A layout there is taken
 * over when every image of its index is whole and nothing has changed since the last look; then it is removed. What cannot
 * be taken over stays, with a line in the log. Of one thread.
 */
final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final String INDEX = "index.json";
    /** Other tools do not look into folders whose names begin so, and neither does this one. */
    private static final String TAKEN = ".taken-";

    private final OciImageStore store;
    private final Path folder;
    /** The time of the index of each layout at the last look. */
    private final Map<Path, FileTime> seen = new HashMap<>();
    /** What was complained of, so that it is said once. */
    private final Map<Path, String> complaints = new HashMap<>();

    Inbox(OciImageStore store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /** Makes the folder, and removes what was taken over before the server was stopped. */
    void open() throws IOException {
        Files.createDirectories(folder);
        for (Path entry : entries()) {
            if (entry.getFileName().toString().startsWith(TAKEN)) {
                remove(entry);
            }
        }
    }

    /** Takes over what is whole. */
    void look() throws IOException {
        List<Path> layouts = entries().stream()
                .filter(entry -> !entry.getFileName().toString().startsWith("."))
                .filter(entry -> Files.isDirectory(entry) && OciLayout.isAt(entry))
                .toList();
        seen.keySet().retainAll(layouts);
        complaints.keySet().retainAll(layouts);
        for (Path layout : layouts) {
            try {
                look(layout);
            } catch (IOException | IllegalArgumentException e) {
                if (!e.getMessage().equals(complaints.put(layout, e.getMessage()))) {
                    LOG.warn("{} in the inbox is not taken over: {}", layout.getFileName(), e.getMessage());
                }
            }
        }
    }

    private void look(Path layout) throws IOException {
        Path index = layout.resolve(INDEX);
        if (!Files.exists(index)) {
            return;
        }
        FileTime time = Files.getLastModifiedTime(index);
        if (!time.equals(seen.put(layout, time))) {
            return;
        }
        List<LayoutImage> images = OciLayout.read(layout);
        for (LayoutImage image : images) {
            if (!image.complete()) {
                return;
            }
        }
        for (LayoutImage image : images) {
            ImageRef ref = image.suggested()
                    .orElseThrow(() -> new IOException(
                            "image " + image.digest() + " has no name; copy it again as" + " oci:" + layout + ":TAG"));
            store.adopt(ref, image);
        }
        if (images.isEmpty() || !time.equals(Files.getLastModifiedTime(index))) {
            return;
        }
        // Whoever writes to it from now on writes to a new one.
        Path taken = layout.resolveSibling(TAKEN + layout.getFileName());
        Files.move(layout, taken);
        remove(taken);
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static void remove(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
