package io.slipway.image.store.source;

import io.slipway.image.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** One file, as it is: a kernel, an EFI program, an image of a disk. */
public final class FileSource implements ImageSource {

    private final LocalFile file;

    /**
     * A file of this disk.
     *
     * @throws IOException there is no such file
     */
    public FileSource(Path file) throws IOException {
        this(LocalFile.of(file));
    }

    FileSource(LocalFile file) {
        this.file = file;
    }

    @Override
    public String name() {
        return file.shown();
    }

    @Override
    public void read(Intake intake) throws IOException {
        String path = FileNames.plain(file.name(), "file");
        try (InputStream bytes = file.open()) {
            intake.take(new SourceFile(path, Optional.empty(), file.size(), file.modified()), bytes);
        }
    }
}
