package io.slipway.image.catalog;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A ready image: where its files are, and why they are believed.
 *
 * @param name as an image's name
 * @param title for people, on one line
 * @param architecture of the machines that it is for
 * @param base ends with a slash; what is relative is so to this
 * @param checksums path of the file with the SHA-256 sums, relative to the base
 * @param files at least one
 * @param arguments of the kernel
 * @param isVerified whether somebody has added the image by this entry; else it is written from documentation
 */
public record CatalogEntry(
        String name,
        String title,
        String architecture,
        URI base,
        String checksums,
        Trust trust,
        List<CatalogFile> files,
        Optional<String> arguments,
        boolean isVerified) {

    /** Annotation of an image: the entry's name. */
    static final String ENTRY = "io.slipway.catalog";

    /** Annotation of an image: what was verified, and by which keys. */
    static final String VERIFIED = "io.slipway.verified";

    /** Annotation of an image (image-spec, annotations.md): where it is from. */
    static final String SOURCE = "org.opencontainers.image.source";

    public CatalogEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(checksums, "checksums");
        Objects.requireNonNull(trust, "trust");
        files = List.copyOf(files);
        Objects.requireNonNull(arguments, "arguments");
        if (files.isEmpty()) {
            throw new IllegalArgumentException("entry " + name + " has no files");
        }
    }

    /** The address of a path that is relative to the base. */
    URI at(String path) {
        return base.resolve(path);
    }

    /** The address of a file that is relative to the file of checksums. */
    URI at(CatalogFile file) {
        return at(checksums).resolve(file.file());
    }
}
