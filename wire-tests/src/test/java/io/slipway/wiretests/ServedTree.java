package io.slipway.wiretests;

import io.slipway.boot.BootClients;
import io.slipway.boot.BootContent;
import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.clients.ActiveTransfers;
import io.slipway.boot.content.ImageFiles;
import io.slipway.boot.content.LayeredContent;
import io.slipway.boot.content.StaticFolder;
import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The boot content as it ships, over a static folder with links out of it and one image; beside it lies what must never
 * be served. {@link #OUTSIDE} begins each such file.
 */
final class ServedTree implements BootContent {

    static final String OUTSIDE = "SECRET-of-the-host";
    static final String KERNEL = "kernel ".repeat(300);

    private static final Digest IMAGE = new Digest("a".repeat(64));
    private static final Digest BLOB = new Digest("b".repeat(64));

    private final Path root;
    private final LayeredContent content = new LayeredContent(new FakeBoot());
    private final Queue<String> escapes = new ConcurrentLinkedQueue<>();

    ServedTree(Path root) throws IOException {
        this.root = root.toRealPath();
        Path folder = Files.createDirectories(root.resolve("tftp/boot")).getParent();
        Files.writeString(folder.resolve("boot/linux"), KERNEL);
        Files.writeString(folder.resolve("pxelinux.0"), "program");
        Files.writeString(root.resolve("secret"), OUTSIDE);
        Files.writeString(Files.createDirectories(root.resolve("tftp-old")).resolve("secret"), OUTSIDE);
        Files.createSymbolicLink(folder.resolve("out"), Path.of("../secret"));
        Files.createSymbolicLink(folder.resolve("up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("boot/root"), this.root);
        Files.createSymbolicLink(folder.resolve("inside"), Path.of("boot/linux"));
        Path blob =
                Files.writeString(Files.createDirectories(root.resolve("blobs")).resolve("b"), KERNEL);
        StaticFolder files =
                new StaticFolder(Wired.config(StaticFolder.Config.class, Map.of("folder", folder.toString())));
        ImageFiles images = new ImageFiles(store(blob));
        Wired.field(content, "sources", List.of(Map.entry(Map.of(), images), Map.entry(Map.of(), files)));
    }

    private static ImageStore store(Path file) {
        Image image = new Image(
                IMAGE, Instant.EPOCH, List.of(new ImageFile("boot/linux", ImageFile.KERNEL, BLOB, KERNEL.length())));
        Blob blob = Wired.proxy(Blob.class, (method, argument) -> switch (method) {
            case "digest" -> BLOB;
            case "size" -> (long) KERNEL.length();
            case "file" -> Optional.of(file);
            default -> throw new UnsupportedOperationException(method);
        });
        return Wired.proxy(
                ImageStore.class,
                (method, argument) -> method.equals("blob")
                        ? Optional.of(blob).filter(present -> argument.equals(BLOB))
                        : Optional.of(image).filter(present -> argument.equals(IMAGE)));
    }

    /** Sets the references of a server. */
    void serveBy(Object server) {
        Wired.field(server, "content", this);
        Wired.field(server, "transfers", new ActiveTransfers());
        Wired.field(server, "clients", Wired.proxy(BootClients.class, (method, argument) -> Optional.empty()));
    }

    /** What is served. */
    Path folder() {
        return root.resolve("tftp");
    }

    /** Where the host keeps what must not be reached. */
    Path secret() {
        return root.resolve("secret");
    }

    @Override
    public Optional<BootFile> find(BootRequest request) throws IOException {
        Optional<BootFile> found = content.find(request);
        for (BootFile.Extent extent : found.map(BootFile::extents).orElse(List.of())) {
            Path real = extent.file().toRealPath();
            if (!real.startsWith(root.resolve("tftp")) && !real.startsWith(root.resolve("blobs"))) {
                escapes.add(request.path() + " leads to " + real);
            }
        }
        return found;
    }

    /** What was found and lies outside, whether or not it was sent. */
    Queue<String> escapes() {
        return escapes;
    }
}
