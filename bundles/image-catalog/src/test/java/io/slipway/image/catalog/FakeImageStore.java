package io.slipway.image.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageSource;
import io.slipway.image.ImportProgress;
import io.slipway.image.RefusingImageStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps images in memory, and counts how often it was asked to change. */
public final class FakeImageStore extends RefusingImageStore {

    private final Map<ImageRef, Image> images = new TreeMap<>();
    private int imports;
    private Runnable before = () -> {};

    /** How often somebody wanted to import, whatever came of it. */
    public int imports() {
        return imports;
    }

    /** Runs as soon as an import begins. */
    void before(Runnable what) {
        before = what;
    }

    @Override
    public Image importFrom(ImageSource source, ImageRef ref, ImportProgress progress) throws IOException {
        imports++;
        before.run();
        List<ImageFile> files = new ArrayList<>();
        Map<String, String> annotations = new TreeMap<>();
        List<Instant> times = new ArrayList<>();
        source.read(new ImageSource.Intake() {
            @Override
            public ImageFile take(ImageSource.SourceFile file, InputStream bytes) throws IOException {
                byte[] all = bytes.readAllBytes();
                progress.at(file.path(), all.length, file.size());
                times.add(file.modified());
                ImageFile taken =
                        new ImageFile(file.path(), file.role().orElse(ImageFile.OTHER), sha256(all), all.length);
                files.add(taken);
                return taken;
            }

            @Override
            public ImageFile link(String path, ImageFile file) {
                throw new UnsupportedOperationException("a catalogue has no links");
            }

            @Override
            public void annotate(String name, String value) {
                annotations.put(name, value);
            }
        });
        Digest digest = sha256((annotations + "" + files).getBytes(UTF_8));
        Image image =
                new Image(digest, times.stream().max(Instant::compareTo).orElse(Instant.EPOCH), annotations, files);
        images.put(ref, image);
        return image;
    }

    public static Digest sha256(byte[] bytes) {
        try {
            return Digest.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public Optional<Image> find(ImageRef ref) {
        return Optional.ofNullable(images.get(ref));
    }

    @Override
    public Optional<Image> find(Digest manifest) {
        return images.values().stream()
                .filter(image -> image.digest().equals(manifest))
                .findFirst();
    }

    @Override
    public Map<ImageRef, Digest> tags() {
        Map<ImageRef, Digest> tags = new TreeMap<>();
        images.forEach((ref, image) -> tags.put(ref, image.digest()));
        return tags;
    }
}
