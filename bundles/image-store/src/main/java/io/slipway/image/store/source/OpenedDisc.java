package io.slipway.image.store.source;

import io.slipway.disc.codec.DiscFile;
import io.slipway.disc.codec.DiscImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A disc image in a local file. */
record OpenedDisc(DiscImage image) implements Disc {

    /** @throws IOException names the file, and why it is no disc that can be read */
    static Disc of(Path iso) throws IOException {
        return new OpenedDisc(DiscImage.open(iso));
    }

    @Override
    public String label() {
        return image.label();
    }

    @Override
    public Optional<DiscFile> find(String path) throws IOException {
        return image.find(path);
    }

    @Override
    public List<DiscFile> files(Predicate<String> wanted, int most) throws IOException {
        List<DiscFile> files = new ArrayList<>();
        image.eachFile(new DiscImage.Visitor() {
            @Override
            public boolean visit(DiscFile file) {
                if (wanted.test(file.path())) {
                    files.add(file);
                }
                return files.size() < most;
            }

            /** A file that cannot be served as it lies on the disc is nothing to boot, and no reason to refuse the disc. */
            @Override
            public boolean refused(String path, IOException why) {
                return true;
            }
        });
        return List.copyOf(files);
    }

    @Override
    public InputStream open(DiscFile file) throws IOException {
        return image.open(file);
    }

    @Override
    public void close() throws IOException {
        image.close();
    }
}
