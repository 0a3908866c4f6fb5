package io.slipway.image.store.source;

import io.slipway.image.ImageFile;
import io.slipway.image.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an image of a foreign layout: its titled layers, as {@code oras push} makes them. The image gets a manifest
 * of Slipway's own; who wants to keep the manifest stores what {@link LayoutImage} has.
 */
public final class LayoutSource implements ImageSource {

    private static final String TITLE = "org.opencontainers.image.title";
    private static final String CREATED = "org.opencontainers.image.created";
    private static final String ROLE = "io.slipway.role";
    /** oras: the layer is a folder in a tar archive. */
    private static final String UNPACK = "io.deis.oras.content.unpack";

    private final LayoutImage image;

    public LayoutSource(LayoutImage image) {
        this.image = image;
    }

    @Override
    public String name() {
        return image.layout() + " (" + image.digest() + ")";
    }

    @Override
    public void read(Intake intake) throws IOException {
        Map<String, String> annotations = image.parsed().annotations();
        Instant created = created(annotations.getOrDefault(CREATED, ""));
        Names names = new Names(name());
        boolean empty = true;
        for (LayoutDescriptor layer : image.parsed().layers()) {
            String title = layer.annotations().getOrDefault(TITLE, "");
            if (!title.isEmpty()) {
                names.add(title);
                take(intake, title, layer, created);
                empty = false;
            }
        }
        if (empty) {
            throw new IOException(
                    name() + " holds no boot files: its layers have no title, as those of a container have"
                            + " none; push files with oras push … FILE");
        }
        // When it was made is said by the store, of the newest file.
        annotations.forEach((name, value) -> {
            if (!name.equals(CREATED)) {
                intake.annotate(name, value);
            }
        });
    }

    private void take(Intake intake, String title, LayoutDescriptor layer, Instant created) throws IOException {
        if (Boolean.parseBoolean(layer.annotations().get(UNPACK))) {
            throw new IOException(name() + ": '" + title + "' is a folder that oras has packed; push its files one by"
                    + " one: oras push … FILE FILE");
        }
        Optional<String> role = Optional.ofNullable(layer.annotations().get(ROLE));
        SourceFile file = new SourceFile(title, role, layer.size(), created);
        try (InputStream bytes = image.blob(layer).open()) {
            ImageFile taken = intake.take(file, bytes);
            if (!taken.digest().equals(layer.digest())) {
                throw new IOException(name() + ": '" + title + "' was stored as " + taken.digest() + " instead of "
                        + layer.digest() + "; import it again");
            }
        }
    }

    /** RFC 3339, section 5.6 (image-spec 1.1, annotations.md). */
    private static Instant created(String time) {
        try {
            return time.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException notADate) {
            return Instant.EPOCH;
        }
    }
}
