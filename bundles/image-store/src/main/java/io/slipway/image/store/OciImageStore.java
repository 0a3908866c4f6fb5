package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageStore;
import io.slipway.image.StorageBackend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images as OCI artifacts in whatever storage backends are there. */
@Component
public final class OciImageStore implements ImageStore {

    private static final Logger LOG = LoggerFactory.getLogger(OciImageStore.class);
    private static final int CACHED_IMAGES = 256;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, StorageBackend>> services = List.of();

    private final Backends backends;
    private final ImageCache cache = new ImageCache(CACHED_IMAGES);
    private final Set<Digest> brokenAndLogged = ConcurrentHashMap.newKeySet();
    private final Set<Digest> damagedAndLogged = ConcurrentHashMap.newKeySet();

    public OciImageStore() {
        this.backends = new Backends(() -> NamedBackend.ordered(services));
    }

    OciImageStore(Backends backends) {
        this.backends = backends;
    }

    @Override
    public Optional<Image> find(ImageRef ref) throws IOException {
        Optional<Digest> manifest = backends.first(
                backend -> Optional.ofNullable(backend.backend().tags().get(ref)));
        return manifest.isPresent() ? Optional.of(tagged(ref, manifest.get())) : Optional.empty();
    }

    @Override
    public Optional<Image> find(Digest manifest) throws IOException {
        Optional<Image> known = cache.find(manifest);
        if (known.isPresent()) {
            return known;
        }
        Optional<byte[]> bytes = backends.first(backend -> bytes(backend, manifest));
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Image image = ManifestReader.read(manifest, bytes.get());
        cache.keep(image);
        return Optional.of(image);
    }

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        return backends.first(backend -> backend.backend().blob(digest));
    }

    /** Every tag whose image can be read; one that cannot is logged once and left out. */
    @Override
    public Map<ImageRef, Image> images() throws IOException {
        Map<ImageRef, Digest> tags = new TreeMap<>();
        backends.all(backend -> Optional.of(backend.backend().tags())).forEach(some -> some.forEach(tags::putIfAbsent));
        Map<ImageRef, Image> images = new TreeMap<>();
        tags.forEach((ref, manifest) -> {
            try {
                images.put(ref, tagged(ref, manifest));
            } catch (IOException e) {
                if (brokenAndLogged.add(manifest)) {
                    LOG.warn("{}; import it again, or remove the tag with image:untag {}", e.getMessage(), ref);
                }
            }
        });
        return Collections.unmodifiableMap(images);
    }

    @Override
    public Image importFolder(Path folder, ImageRef ref) throws IOException {
        Image image = new FolderImport(backends.writable()).run(folder, ref);
        cache.keep(image);
        LOG.info(
                "image {} is {}: {} files, {} bytes",
                ref,
                image.digest(),
                image.files().size(),
                image.size());
        return image;
    }

    /** From all backends: else the tag of a lower one would come to light. */
    @Override
    public boolean untag(ImageRef ref) throws IOException {
        return backends.every(backend -> Optional.of(backend.backend().untag(ref)))
                .contains(true);
    }

    private Image tagged(ImageRef ref, Digest manifest) throws IOException {
        try {
            return find(manifest).orElseThrow(() -> new IOException("manifest " + manifest + " is not stored whole"));
        } catch (IOException e) {
            throw new IOException("image " + ref + ": " + e.getMessage(), e);
        }
    }

    /** A blob that is larger than any manifest is none; one whose bytes have rotted is passed over, too. */
    private Optional<byte[]> bytes(NamedBackend backend, Digest manifest) throws IOException {
        Optional<Blob> blob = backend.backend().blob(manifest).filter(found -> found.size() <= ImageManifest.LARGEST);
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = blob.get().open()) {
            byte[] bytes = in.readNBytes(ImageManifest.LARGEST);
            if (Sha256.of(bytes).equals(manifest)) {
                return Optional.of(bytes);
            }
        }
        if (damagedAndLogged.add(manifest)) {
            LOG.warn(
                    "manifest {} is damaged in storage backend {}; image:list lacks its image: import that again, and"
                            + " check the disk",
                    manifest,
                    backend.name());
        }
        return Optional.empty();
    }
}
