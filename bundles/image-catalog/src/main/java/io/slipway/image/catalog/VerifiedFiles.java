package io.slipway.image.catalog;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageSource;
import io.slipway.image.catalog.net.Download;
import io.slipway.image.catalog.net.Urls;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * Files that were fetched and have the checksums that they should have, as what an image is made of.
 *
 * @param why what was verified
 */
record VerifiedFiles(CatalogEntry entry, String why, List<Part> parts) implements ImageSource {

    /**
     * One file.
     *
     * @param digest that it must have in the store as well
     */
    record Part(CatalogFile file, Digest digest, Download.Fetched fetched) {}

    VerifiedFiles {
        parts = List.copyOf(parts);
    }

    @Override
    public String name() {
        return Urls.shown(entry.base());
    }

    @Override
    public void read(Intake intake) throws IOException {
        intake.annotate(CatalogEntry.ENTRY, entry.name());
        intake.annotate(CatalogEntry.VERIFIED, why);
        intake.annotate(CatalogEntry.SOURCE, entry.at(entry.checksums()).toString());
        intake.annotate(Image.DESCRIPTION, entry.title());
        Optional<String> arguments = entry.arguments();
        if (arguments.isPresent()) {
            intake.annotate(Image.ARGUMENTS, arguments.get());
        }
        for (Part part : parts) {
            take(intake, part);
        }
    }

    private void take(Intake intake, Part part) throws IOException {
        Download.Fetched fetched = part.fetched();
        SourceFile file = new SourceFile(part.file().path(), part.file().role(), fetched.size(), fetched.modified());
        try (InputStream in = new Interruptible(Files.newInputStream(fetched.file()))) {
            ImageFile stored = intake.take(file, in);
            if (!stored.digest().equals(part.digest())) {
                throw new IOException(
                        fetched.file() + " was changed after it had been verified; look who writes to that"
                                + " folder, and add the image again");
            }
        }
    }

    /** Ends at an interrupt, which not every stream does. */
    private static final class Interruptible extends FilterInputStream {
        Interruptible(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            check();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            check();
            return super.read(bytes, offset, length);
        }

        private static void check() throws InterruptedIOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
        }
    }
}
