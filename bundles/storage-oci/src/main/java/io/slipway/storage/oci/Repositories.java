package io.slipway.storage.oci;

import io.slipway.image.ImageRef;
import java.util.List;
import java.util.Optional;

/** Which repository an image is in, and which of a registry's repositories hold images. */
record Repositories(String prefix, List<NamePattern> wanted) {

    /** The repository, behind the prefix, that blobs are in before a manifest refers to them. */
    static final String STAGING = "blobs";

    static Repositories of(Settings settings) {
        return new Repositories(settings.prefix(), settings.repositories());
    }

    /** The names that need no catalogue; empty: it must be asked. */
    Optional<List<String>> listed() {
        return !wanted.isEmpty() && wanted.stream().allMatch(NamePattern::isName)
                ? Optional.of(wanted.stream()
                        .map(name -> named(name.text()))
                        .distinct()
                        .toList())
                : Optional.empty();
    }

    /** Whether a repository of the catalogue holds images of ours. */
    boolean isWanted(String repository) {
        return ref(repository, ImageRef.DEFAULT_TAG)
                .filter(ref -> wanted.isEmpty() || wanted.stream().anyMatch(one -> one.matches(ref.name())))
                .isPresent();
    }

    String staging() {
        return named(STAGING);
    }

    String of(ImageRef ref) {
        return named(ref.name());
    }

    /** Empty when no image of ours can be called so. */
    Optional<ImageRef> ref(String repository, String tag) {
        return name(repository).flatMap(name -> {
            try {
                return Optional.of(new ImageRef(name, tag));
            } catch (IllegalArgumentException foreign) {
                return Optional.empty();
            }
        });
    }

    private String named(String name) {
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** The image's name; empty when the repository is not below the prefix, or holds blobs alone. */
    private Optional<String> name(String repository) {
        String above = named("");
        return Optional.of(repository)
                .filter(it -> it.startsWith(above) && !it.equals(staging()))
                .map(it -> it.substring(above.length()));
    }
}
