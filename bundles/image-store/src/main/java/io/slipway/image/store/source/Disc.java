package io.slipway.image.store.source;

import io.slipway.disc.codec.DiscFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A disc image, as far as a source of images looks at it. */
interface Disc extends Closeable {

    /** The volume's label; may be empty. */
    String label();

    /** A regular file, by its path without regard to case. */
    Optional<DiscFile> find(String path) throws IOException;

    /**
     * Regular files by their paths, in the order of the disc.
     *
     * @param most after as many the disc is not looked at further
     */
    List<DiscFile> files(Predicate<String> wanted, int most) throws IOException;

    InputStream open(DiscFile file) throws IOException;
}
