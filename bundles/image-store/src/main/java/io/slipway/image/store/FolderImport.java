package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Blob;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import io.slipway.image.StorageBackend;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stores the files of a folder in one backend, then tags them as an image. */
record FolderImport(StorageBackend backend) {

    private static final int BUFFER = 64 * 1024;

    /** @throws IOException names the file that could not be imported; the tag is then as it was */
    Image run(Path folder, ImageRef ref) throws IOException {
        List<FolderFile> found = FolderWalk.of(folder);
        List<ImageFile> files = new ArrayList<>(found.size());
        for (FolderFile file : found) {
            files.add(store(file));
        }
        backend.store(new ByteArrayInputStream(ImageManifest.EMPTY_CONFIG.getBytes(UTF_8)));
        byte[] manifest = ImageManifest.encode(newest(found), files);
        if (manifest.length > ImageManifest.LARGEST) {
            throw new IOException(folder + " has " + files.size() + " files, whose list of " + manifest.length
                    + " bytes is longer than " + ImageManifest.LARGEST + "; pack a tree into an ISO or an archive");
        }
        return ManifestReader.read(backend.tag(ref, manifest), manifest);
    }

    private ImageFile store(FolderFile file) throws IOException {
        try (BufferedInputStream in = new BufferedInputStream(open(file.file()), BUFFER)) {
            in.mark(BootRoles.HEAD);
            String role = BootRoles.of(file.path(), in.readNBytes(BootRoles.HEAD));
            in.reset();
            Blob blob = backend.store(in);
            if (blob.size() != file.size()) {
                throw new IOException(file.file() + " changed while it was imported, from " + file.size() + " to "
                        + blob.size() + " bytes; import again when nobody writes it");
            }
            return new ImageFile(file.path(), role, blob.digest(), blob.size());
        }
    }

    private static InputStream open(Path file) throws IOException {
        try {
            return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
        } catch (FileSystemException e) {
            throw new IOException(file + " cannot be read (" + e + "); import again when nobody changes the folder", e);
        }
    }

    /** Not the time of the import, so that the same folder gives the same image again. */
    private static Instant newest(List<FolderFile> files) {
        return files.stream()
                .map(FolderFile::modified)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH)
                .truncatedTo(ChronoUnit.SECONDS);
    }
}
