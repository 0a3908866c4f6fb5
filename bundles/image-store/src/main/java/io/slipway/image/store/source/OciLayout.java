package io.slipway.image.store.source;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The images of an OCI image layout that another tool has written (image-spec 1.1, image-layout.md), for example
 * {@code skopeo copy … oci:FOLDER:TAG}. Indexes in indexes are followed; what is no image is left out.
 */
public final class OciLayout {

    /** In bytes; registries need not take a larger manifest (distribution-spec, "Pushing Manifests"). */
    static final int LARGEST_MANIFEST = 4 * 1024 * 1024;

    private static final String MARKER = "oci-layout";
    private static final String VERSION = "1.0.0";
    private static final String INDEX = "index.json";

    /** How deep an index may be in others; index.json is the first. */
    private static final int DEEPEST = 3;

    private static final int MOST_ENTRIES = 10_000;

    private final LayoutFiles files;
    private final LayoutNames names;
    private final List<LayoutImage> images = new ArrayList<>();
    private final Map<ImageRef, Digest> named = new HashMap<>();
    private int entries;

    private OciLayout(LayoutFiles files, LayoutNames names) {
        this.files = files;
        this.names = names;
    }

    /** Whether a folder is marked as a layout, whole or not. */
    public static boolean isAt(Path folder) {
        return Files.exists(folder.resolve(MARKER));
    }

    /**
     * Reads a layout. Images that have a mere tag are named after the folder.
     *
     * @throws IOException names the file that is not as the specification has it, or is not there, and the cure
     */
    public static List<LayoutImage> read(Path folder) throws IOException {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return read(folder, name == null ? "" : name.toString());
    }

    /**
     * Reads a layout.
     *
     * @param name what images are named that have a mere tag, such as the folder's path in an inbox
     * @throws IOException names the file that is not as the specification has it, or is not there, and the cure
     */
    public static List<LayoutImage> read(Path folder, String name) throws IOException {
        OciLayout layout = new OciLayout(LayoutFiles.in(folder), LayoutNames.of(name));
        layout.checkVersion();
        byte[] index = layout.files.read(INDEX, LARGEST_MANIFEST);
        layout.add(INDEX, index, Optional.empty(), 1);
        return List.copyOf(layout.images);
    }

    private void checkVersion() throws IOException {
        String version;
        try {
            version = StrictJson.text(StrictJson.object(files.read(MARKER, LARGEST_MANIFEST)), "imageLayoutVersion")
                    .orElse("");
        } catch (IOException e) {
            throw new IOException(files.shown() + ": " + MARKER + ": " + e.getMessage(), e);
        }
        if (!version.equals(VERSION)) {
            throw new IOException(files.shown() + " is a layout of version '" + Names.shown(version) + "'; expected "
                    + VERSION + ": copy the image with a tool that writes that");
        }
    }

    private void add(String file, byte[] bytes, Optional<ImageRef> outer, int depth) throws IOException {
        LayoutIndex index;
        try {
            index = LayoutIndex.parse(bytes);
        } catch (IOException e) {
            throw broken(file, e);
        }
        long alike = index.entries().stream().filter(OciLayout::isImage).count();
        for (LayoutDescriptor entry : index.entries()) {
            if (++entries > MOST_ENTRIES) {
                throw new IOException(files.shown() + " has more than " + MOST_ENTRIES
                        + " entries in its indexes; copy the images that are wanted into a layout of their own");
            }
            Optional<ImageRef> ref = ref(entry, outer, alike > 1);
            if (isImage(entry)) {
                addImage(entry, ref);
            } else if (entry.mediaType().equals(LayoutDescriptor.INDEX)) {
                if (depth == DEEPEST) {
                    throw new IOException(files.shown() + ": " + entry.digest() + " is an index more than " + DEEPEST
                            + " deep; copy the images that are wanted into a layout of their own");
                }
                add("blob " + entry.digest(), blob(entry), ref, depth + 1);
            }
        }
    }

    /** Attestations of builders are of an unknown platform. */
    private static boolean isImage(LayoutDescriptor entry) {
        return entry.mediaType().equals(LayoutDescriptor.MANIFEST)
                && !entry.platform().equals("unknown");
    }

    /** In index.json an entry without a name is the folder's, when it is the only image; further in, its index's. */
    private Optional<ImageRef> ref(LayoutDescriptor entry, Optional<ImageRef> outer, boolean oneOfSeveral) {
        String name = entry.annotations().getOrDefault(LayoutNames.REF_NAME, "");
        if (!name.isEmpty()) {
            return names.suggest(name);
        }
        if (outer.isPresent()) {
            return oneOfSeveral ? LayoutNames.forPlatform(outer, entry.platform()) : outer;
        }
        return oneOfSeveral ? Optional.empty() : names.suggest("");
    }

    private void addImage(LayoutDescriptor entry, Optional<ImageRef> ref) throws IOException {
        byte[] bytes = blob(entry);
        LayoutManifest manifest;
        try {
            manifest = LayoutManifest.parse(bytes);
        } catch (IOException e) {
            throw broken("blob " + entry.digest(), e);
        }
        if (ref.isPresent()) {
            Digest other = named.putIfAbsent(ref.get(), entry.digest());
            if (entry.digest().equals(other)) {
                return;
            }
            if (other != null) {
                throw new IOException(files.shown() + " gives the name " + ref.get() + " to " + other + " and to "
                        + entry.digest() + "; copy the one that is wanted into a layout of its own");
            }
        }
        images.add(new LayoutImage(files, ref, entry.digest(), bytes, manifest));
    }

    /** The bytes of a manifest or an index, which are those of its digest. */
    private byte[] blob(LayoutDescriptor entry) throws IOException {
        String file = LayoutFiles.blob(entry.digest());
        byte[] bytes = files.read(file, LARGEST_MANIFEST);
        if (bytes.length != entry.size()) {
            throw new IOException(files.shown() + ": " + file + " has " + bytes.length + " bytes instead of "
                    + entry.size() + "; copy the image again");
        }
        if (!Digest.ofContent(bytes).equals(entry.digest())) {
            throw new IOException(files.shown() + ": " + file + " is damaged: its bytes are those of "
                    + Digest.ofContent(bytes) + "; copy the image again");
        }
        return bytes;
    }

    private IOException broken(String file, IOException why) {
        return new IOException(
                files.shown() + ": " + file + " is broken: " + why.getMessage() + "; copy the image again", why);
    }
}
