package io.slipway.storage.folder;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.OwnedBackend;
import io.slipway.image.StorageBackend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images in an OCI image layout on disk (image-spec 1.1, image-layout.md): {@code skopeo inspect oci:DIR:name:tag}
 * reads it as it is. One process writes it, this one.
 */
@Component(
        service = StorageBackend.class,
        configurationPid = "io.slipway.storage.folder",
        immediate = true,
        property = StorageBackend.NAME + "=folder")
@Designate(ocd = OciLayoutBackend.Config.class)
public final class OciLayoutBackend implements OwnedBackend {

    private static final Logger LOG = LoggerFactory.getLogger(OciLayoutBackend.class);

    /** The configuration {@code io.slipway.storage.folder}. */
    @ObjectClassDefinition(name = "Slipway storage folder", description = "Images in an OCI image layout on disk.")
    public @interface Config {

        @AttributeDefinition(description = "The layout's folder; made when absent. Empty: images, in Karaf's data.")
        String folder() default "";
    }

    /** @param folder absolute */
    record Settings(Path folder) {

        static Settings of(Config config) {
            String folder = config.folder().isBlank()
                    ? besideKarafsData()
                    : config.folder().strip();
            return new Settings(Path.of(folder).toAbsolutePath().normalize());
        }

        private static String besideKarafsData() {
            String karaf = System.getProperty("karaf.data", "");
            if (karaf.isEmpty()) {
                throw new IllegalArgumentException("etc/io.slipway.storage.folder.cfg: folder = ; expected the path of"
                        + " a folder for images (there is no karaf.data to put it in)");
            }
            return karaf + "/images";
        }
    }

    private final OwnerLock lock;
    private final LayoutFolder layout;
    private final DurableFiles files;
    private final BlobFolder blobs;
    private volatile LayoutIndex index;
    private boolean closed;

    @Activate
    public OciLayoutBackend(Config config) throws IOException {
        this(Settings.of(config));
    }

    OciLayoutBackend(Settings settings) throws IOException {
        this.layout = LayoutFolder.at(settings.folder());
        this.lock = OwnerLock.take(layout.path());
        try {
            layout.check();
            this.files = DurableFiles.in(layout.path());
            layout.mark(files);
            this.blobs = new BlobFolder(layout.path(), files);
            this.index = layout.readIndex(files);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        LOG.info("images are in {} ({} tags)", layout.path(), index.tags().size());
    }

    @Deactivate
    synchronized void close() throws IOException {
        closed = true;
        lock.close();
    }

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        return blobs.find(digest).map(blob -> blob);
    }

    @Override
    public Blob store(InputStream bytes) throws IOException {
        return blobs.store(bytes);
    }

    @Override
    public Digest tag(ImageRef ref, byte[] manifest) throws IOException {
        String artifactType = check(ref, manifest);
        FileBlob stored = blobs.store(new ByteArrayInputStream(manifest));
        Descriptor descriptor = new Descriptor(Manifest.MEDIA_TYPE, stored.digest(), stored.size());
        synchronized (this) {
            replaceIndex(index.with(ref, descriptor, artifactType));
        }
        return stored.digest();
    }

    @Override
    public synchronized boolean untag(ImageRef ref) throws IOException {
        if (!index.tags().containsKey(ref)) {
            return false;
        }
        replaceIndex(index.without(ref));
        return true;
    }

    @Override
    public Map<ImageRef, Digest> tags() {
        return index.tags();
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public void eachBlob(Visitor visitor) throws IOException {
        blobs.each(visitor);
    }

    @Override
    public boolean remove(Digest digest, Instant unlessStoredSince) throws IOException {
        requireOpen("nothing is removed from it");
        return blobs.remove(digest, unlessStoredSince);
    }

    @Override
    public boolean quarantine(Digest digest) throws IOException {
        requireOpen("nothing is put aside in it");
        return blobs.quarantine(digest);
    }

    private String check(ImageRef ref, byte[] manifest) throws IOException {
        Manifest parsed;
        try {
            parsed = Manifest.parse(manifest);
        } catch (IOException e) {
            throw new IOException("image " + ref + ": the manifest is broken: " + e.getMessage(), e);
        }
        for (Descriptor part : parsed.blobs()) {
            Optional<FileBlob> here = blobs.find(part.digest());
            if (here.isEmpty() || here.get().size() != part.size()) {
                throw new IOException("image " + ref + " refers to " + part.digest() + " of " + part.size()
                        + " bytes, which is not in " + layout.path() + "; store it before the image is tagged");
            }
        }
        return parsed.artifactType();
    }

    private void replaceIndex(LayoutIndex changed) throws IOException {
        requireOpen("its tags stay as they are");
        files.replace(layout.index(), changed.bytes());
        index = changed;
    }

    /** Another owner may have the folder by now: its index must not be overwritten, and its blobs are its own. */
    private synchronized void requireOpen(String consequence) throws IOException {
        if (closed) {
            throw new IOException("image folder " + layout.path() + " is closed; " + consequence);
        }
    }
}
