package io.slipway.image.store;

import io.slipway.image.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The regular files of a folder, as {@link FolderWalk} finds them. */
record FolderSource(Path folder) implements ImageSource {

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public void read(Intake intake) throws IOException {
        for (FolderFile file : FolderWalk.of(folder)) {
            try (InputStream bytes = open(file.file())) {
                intake.take(new SourceFile(file.path(), Optional.empty(), file.size(), file.modified()), bytes);
            }
        }
    }

    private static InputStream open(Path file) throws IOException {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            throw new IOException(file + " cannot be read (" + e + "); import again when nobody changes the folder", e);
        }
    }
}
