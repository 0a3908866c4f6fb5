package io.slipway.image.store.source;

import io.slipway.image.ImageFile;
import io.slipway.image.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a tar archive, plain or in gzip: an image as the archive would be unpacked. The archive is read once, from
 * its begin to its end, and is nowhere unpacked to.
 *
 * <p>Links inside of it give the same file another path. What no image can hold is refused: links that lead out, absolute
 * names, devices, sparse files, names that differ only in case.
 */
public final class TarSource implements ImageSource {

    /** Where the bytes come from; asked once. */
    private interface Bytes {
        InputStream open() throws IOException;
    }

    private final String name;
    private final Bytes bytes;

    private TarSource(String name, Bytes bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** An archive in a file. */
    public static TarSource of(Path archive) {
        return new TarSource(archive.toString(), () -> Files.newInputStream(archive));
    }

    static TarSource of(LocalFile archive) {
        return new TarSource(archive.shown(), archive::open);
    }

    /**
     * An archive out of a stream.
     *
     * @param name what messages call it
     * @param archive read once, and closed when it was read
     */
    public static TarSource of(String name, InputStream archive) {
        return new TarSource(name, () -> archive);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(Intake intake) throws IOException {
        try (InputStream raw = bytes.open()) {
            Unpacked archive = Unpacked.of(name, raw);
            try (InputStream unpacked = archive.stream()) {
                TarReader reader = new TarReader(name, unpacked);
                new Reading(intake, reader).run();
                if (archive.packed()) {
                    reader.drain();
                }
            }
        }
    }

    /** One reading of the archive. */
    private final class Reading {

        private final Intake intake;
        private final TarReader reader;
        private final Names names = new Names(name);
        private final TarTree tree = new TarTree(name);
        private boolean empty = true;

        Reading(Intake intake, TarReader reader) {
            this.intake = intake;
            this.reader = reader;
        }

        void run() throws IOException {
            for (Optional<TarEntry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                read(entry.get());
            }
            tree.follow(this::link);
            if (empty) {
                throw new IOException(name + " holds no files; give an archive that holds the boot files");
            }
        }

        private void read(TarEntry entry) throws IOException {
            if (entry.kind() == TarEntry.Kind.FOLDER) {
                tree.addFolder(entry.path());
            } else if (entry.path().isEmpty()) {
                throw new IOException(name + " holds a file without a name; make it again");
            } else if (entry.kind() == TarEntry.Kind.FILE) {
                take(entry);
            } else {
                tree.addLink(entry.path(), entry.target(), entry.kind() == TarEntry.Kind.HARD_LINK);
            }
        }

        private void take(TarEntry entry) throws IOException {
            names.add(entry.path());
            SourceFile file = new SourceFile(entry.path(), Optional.empty(), entry.size(), entry.modified());
            tree.addFile(entry.path(), intake.take(file, reader.content()));
            empty = false;
        }

        private void link(String path, ImageFile file) throws IOException {
            names.add(path);
            intake.link(path, file);
            empty = false;
        }
    }
}
