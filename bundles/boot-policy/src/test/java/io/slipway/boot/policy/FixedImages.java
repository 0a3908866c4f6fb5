package io.slipway.boot.policy;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.RefusingImageStore;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** An image store whose images a test puts there. */
final class FixedImages extends RefusingImageStore {

    private final Map<ImageRef, Image> images = new ConcurrentHashMap<>();
    private volatile Optional<IOException> broken = Optional.empty();

    /** Puts an image; the role of a file follows its path, with or without a "kernel:" or "initrd:" before it. */
    FixedImages with(String ref, char digest, String... files) {
        List<ImageFile> all = Stream.of(files).map(FixedImages::file).toList();
        images.put(ImageRef.parse(ref), new Image(digest(digest), Instant.EPOCH, all));
        return this;
    }

    /** Puts an annotation to an image. */
    FixedImages saying(String ref, String name, String value) {
        images.computeIfPresent(
                ImageRef.parse(ref),
                (same, image) -> new Image(image.digest(), image.created(), Map.of(name, value), image.files()));
        return this;
    }

    void breakWith(IOException failure) {
        broken = Optional.of(failure);
    }

    void remove(String ref) {
        images.remove(ImageRef.parse(ref));
    }

    static Digest digest(char digit) {
        return new Digest(String.valueOf(digit).repeat(64));
    }

    private static ImageFile file(String text) {
        int colon = text.indexOf(':');
        String role = colon < 0 ? ImageFile.OTHER : text.substring(0, colon);
        return new ImageFile(text.substring(colon + 1), role, digest('e'), 1);
    }

    @Override
    public Optional<Image> find(ImageRef ref) throws IOException {
        if (broken.isPresent()) {
            throw broken.get();
        }
        return Optional.ofNullable(images.get(ref));
    }

    @Override
    public Optional<Image> find(Digest manifest) {
        return images.values().stream()
                .filter(image -> image.digest().equals(manifest))
                .findFirst();
    }

    @Override
    public Optional<Blob> blob(Digest digest) {
        return Optional.empty();
    }
}
