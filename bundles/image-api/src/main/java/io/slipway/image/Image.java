package io.slipway.image;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An immutable set of boot files.
 *
 * @param digest the digest of its manifest: what it is called on the wire
 * @param created the time of its newest file, so that the same files give the same digest
 * @param annotations what else the manifest says of it (image-spec, annotations.md): {@link #DESCRIPTION},
 *     {@link #ARGUMENTS}, or what another tool wrote
 * @param files in the order of the manifest, each path once
 */
public record Image(Digest digest, Instant created, Map<String, String> annotations, List<ImageFile> files) {

    /** Annotation: what the image is, in one line, for example {@code Debian GNU/Linux 12.9 "Bookworm"}. */
    public static final String DESCRIPTION = "org.opencontainers.image.description";

    /** Annotation: the kernel arguments with which this image boots where its profile names none. */
    public static final String ARGUMENTS = "io.slipway.arguments";

    public Image {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(created, "created");
        annotations = Map.copyOf(annotations);
        files = List.copyOf(files);
        Set<String> paths = new HashSet<>();
        for (ImageFile file : files) {
            if (!paths.add(file.path())) {
                throw new IllegalArgumentException("image " + digest + " has '" + file.path() + "' twice");
            }
        }
    }

    /** An image of which nothing more is said. */
    public Image(Digest digest, Instant created, List<ImageFile> files) {
        this(digest, created, Map.of(), files);
    }

    public Optional<ImageFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }

    /** The files of a role, in the manifest's order. */
    public List<ImageFile> inRole(String role) {
        return files.stream().filter(file -> file.role().equals(role)).toList();
    }

    /** The path under which machines fetch a file of this image: {@code /images/sha256-<manifest>/<path>}. */
    public String bootPath(ImageFile file) {
        return "/images/sha256-" + digest.hex() + "/" + file.path();
    }

    /** The sum of the files' sizes, in bytes. */
    public long size() {
        return files.stream().mapToLong(ImageFile::size).sum();
    }
}
