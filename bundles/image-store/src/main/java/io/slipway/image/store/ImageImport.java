package io.slipway.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Blob;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageSource;
import io.slipway.image.ImageSource.SourceFile;
import io.slipway.image.ImportProgress;
import io.slipway.image.StorageBackend;
import io.slipway.image.store.source.Names;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stores the files of one source in one backend, and writes the manifest of their image. Of one thread. */
final class ImageImport implements ImageSource.Intake {

    private final String source;
    private final StorageBackend backend;
    private final ImportProgress progress;
    private final List<ImageFile> files = new ArrayList<>();
    private final Names names;
    private final Map<String, String> annotations = new TreeMap<>();
    private Instant newest = Instant.EPOCH;

    private ImageImport(String source, StorageBackend backend, ImportProgress progress) {
        this.source = source;
        this.backend = backend;
        this.names = new Names(source);
        this.progress = progress;
    }

    /**
     * Stores all of a source.
     *
     * @return the manifest, whose blobs are all stored; itself it is not
     * @throws IOException names what could not be imported, why, and the cure
     */
    static byte[] store(ImageSource source, StorageBackend backend, ImportProgress progress) throws IOException {
        ImageImport running = new ImageImport(source.name(), backend, progress);
        source.read(running);
        return running.manifest();
    }

    @Override
    public ImageFile take(SourceFile file, InputStream bytes) throws IOException {
        names.add(file.path());
        try (Counted counted = new Counted(bytes, file)) {
            byte[] head = counted.readNBytes(BootRoles.HEAD);
            String role = file.role().orElseGet(() -> BootRoles.of(file.path(), head));
            Blob blob = backend.store(new SequenceInputStream(new ByteArrayInputStream(head), counted));
            if (file.size() >= 0 && blob.size() != file.size()) {
                throw new IOException(source + ": '" + file.path() + "' changed while it was imported, from "
                        + file.size() + " to " + blob.size() + " bytes; import again when nobody writes it");
            }
            newest = newest.isBefore(file.modified()) ? file.modified() : newest;
            return add(new ImageFile(file.path(), role, blob.digest(), blob.size()));
        }
    }

    @Override
    public ImageFile link(String path, ImageFile file) throws IOException {
        names.add(path);
        return add(new ImageFile(path, file.role(), file.digest(), file.size()));
    }

    @Override
    public void annotate(String name, String value) {
        annotations.put(name, value);
    }

    private ImageFile add(ImageFile file) {
        files.add(file);
        return file;
    }

    /** Made at the time of the newest file, not of the import, so that the same files give the same image again. */
    private byte[] manifest() throws IOException {
        if (files.isEmpty()) {
            throw new IOException(source + " holds no files; give what holds the boot files");
        }
        backend.store(new ByteArrayInputStream(ImageManifest.EMPTY_CONFIG.getBytes(UTF_8)));
        byte[] manifest = ImageManifest.encode(newest.truncatedTo(ChronoUnit.SECONDS), annotations, files);
        if (manifest.length > ImageManifest.LARGEST) {
            throw new IOException(source + " has " + files.size() + " files, whose list of " + manifest.length
                    + " bytes is longer than " + ImageManifest.LARGEST + "; pack a tree into an ISO or an archive");
        }
        return manifest;
    }

    /** Tells the progress what is read. */
    private final class Counted extends InputStream {

        private final InputStream bytes;
        private final SourceFile file;
        private long done;

        Counted(InputStream bytes, SourceFile file) {
            this.bytes = bytes;
            this.file = file;
            progress.at(file.path(), 0, file.size());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = bytes.read(target, offset, length);
            if (count > 0) {
                done += count;
                progress.at(file.path(), done, file.size());
            }
            return count;
        }

        /** The source's stream is the source's to close. */
        @Override
        public void close() {}
    }
}
