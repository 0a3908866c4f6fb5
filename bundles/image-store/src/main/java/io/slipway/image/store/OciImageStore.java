package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.ImageSource;
import io.slipway.image.ImageStore;
import io.slipway.image.ImportProgress;
import io.slipway.image.StorageBackend;
import io.slipway.image.TagMove;
import io.slipway.image.store.source.LayoutBlob;
import io.slipway.image.store.source.LayoutImage;
import io.slipway.state.StateStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images as OCI artifacts in whatever storage backends are there. */
@Component(service = {ImageStore.class, OciImageStore.class})
public final class OciImageStore implements ImageStore {

    private static final Logger LOG = LoggerFactory.getLogger(OciImageStore.class);
    private static final int CACHED_IMAGES = 256;

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, StorageBackend>> services = List.of();

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    @SuppressWarnings("NullAway") // Declarative Services sets an optional reference that is not there to null
    private volatile StateStore state;

    private final Backends backends;
    private final Ledger ledger;
    private final Clock clock;
    private final ReadThrough readThrough = new ReadThrough();
    private final ImageCache cache = new ImageCache(CACHED_IMAGES);
    private final Changes changes = new Changes();
    private final Set<Digest> damagedAndLogged = ConcurrentHashMap.newKeySet();

    @Activate
    public OciImageStore() {
        this.backends = new Backends(() -> NamedBackend.ordered(services));
        this.ledger = new Ledger(() -> Optional.ofNullable(state));
        this.clock = Clock.systemUTC();
    }

    OciImageStore(Backends backends, Supplier<Optional<StateStore>> state, Clock clock) {
        this.backends = backends;
        this.ledger = new Ledger(state);
        this.clock = clock;
    }

    Backends backends() {
        return backends;
    }

    Ledger ledger() {
        return ledger;
    }

    Changes changes() {
        return changes;
    }

    @Override
    public Optional<Image> find(ImageRef ref) throws IOException {
        Optional<Digest> manifest = manifest(ref);
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(require(manifest.get()));
        } catch (IOException e) {
            throw new IOException("image " + ref + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Image> find(Digest manifest) throws IOException {
        Optional<Image> known = cache.find(manifest);
        if (known.isPresent()) {
            return known;
        }
        Optional<byte[]> bytes = manifest(manifest);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Image image = ManifestReader.read(manifest, bytes.get());
        cache.keep(image);
        return Optional.of(image);
    }

    @Override
    public Optional<Blob> blob(Digest digest) throws IOException {
        Optional<Blob> local = backends.firstLocal(digest);
        if (local.isPresent()) {
            return local;
        }
        Optional<Blob> remote = backends.first(backend -> backend.backend().blob(digest));
        Optional<StorageBackend> keeper = backends.local();
        return remote.isPresent() && keeper.isPresent()
                ? Optional.of(readThrough.fetch(remote.get(), keeper.get()))
                : remote;
    }

    @Override
    public Map<ImageRef, Digest> tags() throws IOException {
        Map<ImageRef, Digest> tags = new TreeMap<>();
        backends.all(backend -> Optional.of(backend.backend().tags())).forEach(some -> some.forEach(tags::putIfAbsent));
        return Collections.unmodifiableMap(tags);
    }

    @Override
    public Image importFrom(ImageSource source, ImageRef ref, ImportProgress progress) throws IOException {
        StorageBackend backend = backends.writable();
        return changes.storing(clock.instant(), () -> {
            byte[] manifest = ImageImport.store(source, backend, progress);
            Image image = move(backend, ref, manifest);
            LOG.info(
                    "image {} is {}: {} files, {} bytes, from {}",
                    ref,
                    image.digest(),
                    image.files().size(),
                    image.size(),
                    source.name());
            return image;
        });
    }

    /**
     * Stores an image of a foreign layout, with its manifest as it is, and tags it.
     *
     * @throws IOException a blob is missing or damaged; the tag is then as it was
     */
    public Image adopt(ImageRef ref, LayoutImage image) throws IOException {
        StorageBackend backend = backends.writable();
        return changes.storing(clock.instant(), () -> {
            for (LayoutBlob blob : image.blobs()) {
                try (InputStream bytes = blob.open()) {
                    backend.store(bytes);
                }
            }
            Image adopted = move(backend, ref, image.manifest());
            LOG.info("image {} is {}, as another tool has made it", ref, adopted.digest());
            return adopted;
        });
    }

    @Override
    public Image tag(ImageRef ref, Digest manifest) throws IOException {
        StorageBackend backend = backends.writable();
        return changes.storing(clock.instant(), () -> {
            byte[] bytes = manifest(manifest).orElseThrow(() -> absent(manifest));
            for (Digest part : References.of(bytes)) {
                if (backend.blob(part).isEmpty()) {
                    ReadThrough.copy(blob(part).orElseThrow(() -> lacks(manifest, part)), backend);
                }
            }
            Image image = move(backend, ref, bytes);
            LOG.info("image {} is {}", ref, manifest);
            return image;
        });
    }

    /** From all backends: else the tag of a lower one would come to light. */
    @Override
    public boolean untag(ImageRef ref) throws IOException {
        if (manifest(ref).isEmpty()) {
            return false;
        }
        ledger.add(ref, new TagMove(clock.instant(), Optional.empty()));
        boolean wasThere = backends.every(
                        backend -> Optional.of(backend.backend().untag(ref)))
                .contains(true);
        LOG.info("image {} is no more; its history has what it was", ref);
        return wasThere;
    }

    @Override
    public List<TagMove> history(ImageRef ref) throws IOException {
        return Ledger.effective(ledger.of(ref), manifest(ref));
    }

    /** The manifest that a tag names now. */
    Optional<Digest> manifest(ImageRef ref) throws IOException {
        return backends.first(
                backend -> Optional.ofNullable(backend.backend().tags().get(ref)));
    }

    /** The bytes of a manifest, which are its own. A blob that is larger than any manifest is none. */
    Optional<byte[]> manifest(Digest digest) throws IOException {
        Optional<byte[]> bytes = backends.first(backend -> bytes(backend, digest));
        Optional<StorageBackend> keeper = backends.local();
        if (bytes.isPresent() && keeper.isPresent() && keeper.get().blob(digest).isEmpty()) {
            blob(digest);
        }
        return bytes;
    }

    /** An image that must be there. */
    Image require(Digest manifest) throws IOException {
        return find(manifest).orElseThrow(() -> absent(manifest));
    }

    private Image move(StorageBackend backend, ImageRef ref, byte[] manifest) throws IOException {
        Digest digest = Digest.ofContent(manifest);
        Image image = ManifestReader.read(digest, manifest);
        changes.tag(() -> {
            ledger.add(ref, new TagMove(clock.instant(), Optional.of(digest)));
            backend.tag(ref, manifest);
        });
        cache.keep(image);
        return image;
    }

    private Optional<byte[]> bytes(NamedBackend backend, Digest manifest) throws IOException {
        Optional<Blob> blob = backend.backend().blob(manifest).filter(found -> found.size() <= ImageManifest.LARGEST);
        if (blob.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = blob.get().open()) {
            byte[] bytes = in.readNBytes(ImageManifest.LARGEST);
            if (Digest.ofContent(bytes).equals(manifest)) {
                return Optional.of(bytes);
            }
        }
        if (damagedAndLogged.add(manifest)) {
            LOG.warn(
                    "manifest {} is damaged in storage backend {}; image:verify puts it aside: import its image again,"
                            + " and check the disk",
                    manifest,
                    backend.name());
        }
        return Optional.empty();
    }

    private static IOException absent(Digest manifest) {
        return new IOException("manifest " + manifest + " is not stored whole; import its image again");
    }

    private static IOException lacks(Digest manifest, Digest part) {
        return new IOException("image " + manifest + " lacks blob " + part + "; import it again");
    }
}
