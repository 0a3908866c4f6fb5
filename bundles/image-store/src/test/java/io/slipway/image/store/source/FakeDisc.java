package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.disc.codec.DiscExtent;
import io.slipway.disc.codec.DiscFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A disc in memory: names are found in any case, as on real ones. */
final class FakeDisc implements Disc {

    private final String label;
    private final Map<String, byte[]> files = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private boolean closed;

    FakeDisc(String label) {
        this.label = label;
    }

    FakeDisc text(String path, String content) {
        files.put(path, content.getBytes(UTF_8));
        return this;
    }

    /** Files whose content is their own path. */
    FakeDisc with(String... paths) {
        for (String path : paths) {
            text(path, path);
        }
        return this;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public Optional<DiscFile> find(String path) {
        return files.keySet().stream()
                .filter(path::equalsIgnoreCase)
                .map(this::file)
                .findFirst();
    }

    @Override
    public List<DiscFile> files(Predicate<String> wanted, int most) {
        return files.keySet().stream()
                .filter(wanted)
                .limit(most)
                .map(this::file)
                .toList();
    }

    @Override
    public InputStream open(DiscFile file) {
        return new ByteArrayInputStream(files.get(file.path()));
    }

    @Override
    public void close() {
        closed = true;
    }

    private DiscFile file(String path) {
        int size = files.get(path).length;
        List<DiscExtent> extents = size == 0 ? List.of() : List.of(new DiscExtent(0, size));
        return new DiscFile(path, size, Instant.ofEpochSecond(7), extents);
    }
}
