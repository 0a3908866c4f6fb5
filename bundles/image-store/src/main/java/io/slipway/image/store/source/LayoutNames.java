package io.slipway.image.store.source;

import io.slipway.image.ImageRef;
import java.util.Locale;
import java.util.Optional;

/**
 * What to call the images of a foreign layout. Tools write a whole {@code name:tag} as reference name, or a mere tag: the
 * name is then that of the folder.
 */
record LayoutNames(String folder) {

    /** Annotation of an index's entry (image-spec 1.1, annotations.md). */
    static final String REF_NAME = "org.opencontainers.image.ref.name";

    /** @param folder a path or a name, of which what OCI does not allow is replaced */
    static LayoutNames of(String folder) {
        String lower = folder.toLowerCase(Locale.ROOT);
        if (ref(lower, ImageRef.DEFAULT_TAG).isPresent()) {
            return new LayoutNames(lower);
        }
        String plain =
                lower.replaceAll("[^a-z0-9/]+", "-").replaceAll("-*/[-/]*", "/").replaceAll("^[-/]+|[-/]+$", "");
        return new LayoutNames(plain);
    }

    /**
     * What a reference name means.
     *
     * @param name empty when none is given
     * @return empty when no name can be made of it
     */
    Optional<ImageRef> suggest(String name) {
        if (name.isEmpty()) {
            return ref(folder, ImageRef.DEFAULT_TAG);
        }
        int slash = name.lastIndexOf('/');
        int colon = name.indexOf(':', slash + 1);
        if (colon < 0) {
            return slash < 0 ? ref(folder, name) : suggest(name, ImageRef.DEFAULT_TAG);
        }
        return suggest(name.substring(0, colon), name.substring(colon + 1));
    }

    /** One of several images under one name is told by its platform. */
    static Optional<ImageRef> forPlatform(Optional<ImageRef> ref, String platform) {
        return platform.isEmpty() ? ref : ref.flatMap(known -> ref(known.name(), known.tag() + "-" + platform));
    }

    /** With the registry's address, when that can be a part of a name: one with a port cannot. */
    private static Optional<ImageRef> suggest(String name, String tag) {
        Optional<ImageRef> whole = ref(name, tag);
        return whole.isPresent() ? whole : ref(name.substring(name.indexOf('/') + 1), tag);
    }

    private static Optional<ImageRef> ref(String name, String tag) {
        try {
            return Optional.of(new ImageRef(name, tag));
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }
}
