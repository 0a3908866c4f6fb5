package io.slipway.storage.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** The layout's top: the {@code oci-layout} file that marks it, and where the index is. */
record LayoutFolder(Path path) {

    private static final String MARKER = "oci-layout";
    private static final String VERSION = "1.0.0";
    private static final Set<String> OF_THE_FILE_SYSTEM = Set.of("lost+found");

    /** The folder, made when it is absent. */
    static LayoutFolder at(Path path) throws IOException {
        try {
            return new LayoutFolder(Files.createDirectories(path));
        } catch (IOException e) {
            throw new IOException(
                    "etc/io.slipway.storage.folder.cfg: folder = " + path + " cannot be made (" + e
                            + "); expected a folder that this process may write",
                    e);
        }
    }

    Path index() {
        return path.resolve("index.json");
    }

    /**
     * Refuses a folder that is something else before anything is written to it.
     *
     * @throws IOException names the folder and the cure
     */
    void check() throws IOException {
        Path marker = path.resolve(MARKER);
        if (Files.exists(marker)) {
            String version = version(marker);
            if (!version.equals(VERSION)) {
                throw new IOException(marker + ": imageLayoutVersion '" + version + "'; expected " + VERSION);
            }
        } else if (isInUse()) {
            throw new IOException("image folder " + path + " holds other files and no " + MARKER
                    + "; expected an empty folder or an OCI image layout (key folder in"
                    + " etc/io.slipway.storage.folder.cfg)");
        }
    }

    /** Marks an empty folder as a layout. */
    void mark(DurableFiles files) throws IOException {
        Path marker = path.resolve(MARKER);
        if (!Files.exists(marker)) {
            files.replace(marker, ("{\"imageLayoutVersion\":\"" + VERSION + "\"}").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @throws IOException names the index file and the cure when it is damaged; it is left as it is */
    LayoutIndex readIndex(DurableFiles files) throws IOException {
        if (!Files.exists(index())) {
            LayoutIndex empty = LayoutIndex.empty();
            files.replace(index(), empty.bytes());
            return empty;
        }
        try {
            return LayoutIndex.parse(Files.readAllBytes(index()));
        } catch (IOException e) {
            throw new IOException(
                    index() + " is damaged: " + e.getMessage() + "; put a good copy in its place, or"
                            + " move it away to start without tags (the blobs stay) and import the images again; then restart"
                            + " the bundle slipway-storage-folder",
                    e);
        }
    }

    private boolean isInUse() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .anyMatch(name -> !name.startsWith(".") && !OF_THE_FILE_SYSTEM.contains(name));
        }
    }

    private static String version(Path marker) throws IOException {
        try {
            return Json.object(Files.readAllBytes(marker))
                    .path("imageLayoutVersion")
                    .asText();
        } catch (IOException e) {
            throw new IOException(
                    marker + " is damaged: " + e.getMessage() + "; write {\"imageLayoutVersion\":\"" + VERSION
                            + "\"} to it",
                    e);
        }
    }
}
