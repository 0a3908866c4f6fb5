package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageRef;
import io.slipway.image.OwnedBackend;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads blobs at rest again and compares them with their digests. One that is damaged is put aside, so that it is never
 * served again, and fetched from another backend if one has it.
 */
public final class Inspection {

    private static final Logger LOG = LoggerFactory.getLogger(Inspection.class);
    private static final int BUFFER = 256 * 1024;

    /** Is told what was read, and may take its time: that is how a slow inspection is made. */
    interface Pace {
        void read(int bytes) throws IOException;
    }

    /**
     * A damaged blob.
     *
     * @param backend where it lay
     * @param images what it is part of: {@code debian-12:current (initrd.gz)}
     * @param isMended whether whole bytes came from another backend
     */
    public record Damage(Digest digest, String backend, List<String> images, boolean isMended) {}

    private final OciImageStore store;
    private final Pace pace;
    private final List<Damage> damages = new ArrayList<>();
    private long blobs;
    private long bytes;

    Inspection(OciImageStore store, Pace pace) {
        this.store = store;
        this.pace = pace;
    }

    public List<Damage> damages() {
        return List.copyOf(damages);
    }

    public long blobs() {
        return blobs;
    }

    public long bytes() {
        return bytes;
    }

    /** Every blob of every backend whose blobs are Slipway's own. */
    void all() throws IOException {
        for (NamedBackend backend : store.backends().now()) {
            if (backend.backend() instanceof OwnedBackend owned) {
                owned.eachBlob((digest, size, stored) -> inspect(backend, owned, digest));
            }
        }
    }

    /**
     * The manifest and the blobs of one image.
     *
     * @throws IOException also when a blob is missing everywhere
     */
    void image(ImageRef ref) throws IOException {
        Digest manifest = store.manifest(ref)
                .orElseThrow(() -> new IOException("there is no image " + ref + "; image:list shows what there is"));
        byte[] list = store.manifest(manifest)
                .orElseThrow(() -> new IOException("image " + ref + ": its manifest " + manifest
                        + " is damaged or missing; import the image again"));
        List<Digest> parts = new ArrayList<>(References.of(list));
        parts.add(manifest);
        for (NamedBackend backend : store.backends().now()) {
            if (backend.backend() instanceof OwnedBackend owned) {
                for (Digest part : parts) {
                    inspect(backend, owned, part);
                }
            }
        }
        for (Digest part : parts) {
            boolean isNews =
                    damages.stream().noneMatch(damage -> damage.digest().equals(part));
            if (isNews && store.blob(part).isEmpty()) {
                damages.add(new Damage(part, "none", hurt(part), false));
            }
        }
    }

    private void inspect(NamedBackend named, OwnedBackend backend, Digest digest) throws IOException {
        Optional<Blob> blob = backend.blob(digest);
        if (blob.isEmpty()) {
            return;
        }
        blobs++;
        if (digest(blob.get()).equals(Optional.of(digest))) {
            return;
        }
        List<String> hurt = hurt(digest);
        try {
            backend.quarantine(digest);
        } catch (IOException e) {
            LOG.warn(
                    "blob {} is damaged in storage backend {}, and no copy could be put aside: {}; look at its disk",
                    digest,
                    named.name(),
                    e.getMessage());
        }
        boolean isMended = mend(backend, digest);
        damages.add(new Damage(digest, named.name(), hurt, isMended));
        LOG.warn(
                "blob {} is damaged in storage backend {} and is not served any more ({}); images: {}; check the disk{}",
                digest,
                named.name(),
                isMended ? "another backend had it whole" : "no other backend has it",
                hurt.isEmpty() ? "none" : String.join(", ", hurt),
                isMended ? "" : ", and import these images again");
    }

    /** Empty when it cannot be read to its end, which is damage, too. */
    private Optional<Digest> digest(Blob blob) throws IOException {
        MessageDigest sha256 = Digest.sum();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = blob.open()) {
            for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
                sha256.update(buffer, 0, count);
                bytes += count;
                pace.read(count);
            }
        } catch (UnreadableException e) {
            LOG.debug("blob {} cannot be read", blob.digest(), e);
            return Optional.empty();
        }
        return Optional.of(Digest.of(sha256.digest()));
    }

    private static int read(InputStream in, byte[] buffer) throws UnreadableException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new UnreadableException(e);
        }
    }

    /** The disk does not give the bytes. */
    private static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableException(IOException cause) {
            super(cause);
        }
    }

    private boolean mend(OwnedBackend backend, Digest digest) throws IOException {
        Optional<Blob> elsewhere = store.backends()
                .first(other -> other.backend() == backend
                        ? Optional.empty()
                        : other.backend().blob(digest));
        if (elsewhere.isEmpty()) {
            return false;
        }
        try {
            ReadThrough.copy(elsewhere.get(), backend);
            return true;
        } catch (IOException e) {
            LOG.warn("blob {} cannot be fetched again: {}; import its images again", digest, e.getMessage());
            return false;
        }
    }

    /** The tags whose images need a blob, and what it is in them. */
    private List<String> hurt(Digest digest) throws IOException {
        List<String> hurt = new ArrayList<>();
        for (Map.Entry<ImageRef, Digest> tag : store.tags().entrySet()) {
            if (tag.getValue().equals(digest)) {
                hurt.add(tag.getKey() + " (its manifest)");
                continue;
            }
            Optional<Image> image = image(tag.getValue());
            image.ifPresent(present -> present.files().stream()
                    .filter(file -> file.digest().equals(digest))
                    .forEach(file -> hurt.add(tag.getKey() + " (" + file.path() + ")")));
        }
        return hurt;
    }

    private Optional<Image> image(Digest manifest) {
        try {
            return store.find(manifest);
        } catch (IOException e) {
            LOG.debug("image {} cannot be asked what it needs", manifest, e);
            return Optional.empty();
        }
    }
}
