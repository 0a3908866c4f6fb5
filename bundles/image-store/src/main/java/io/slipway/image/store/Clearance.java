package io.slipway.image.store;

import io.slipway.image.Digest;
import io.slipway.image.ImageRef;
import io.slipway.image.OwnedBackend;
import io.slipway.image.TagMove;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Removes the blobs that nothing needs any more: no tag of any backend, no pin, and nothing of the history that is to be
 * kept. It removes nothing at all when it cannot know what is needed, for example when a backend does not say its tags or
 * the manifest of a tag cannot be read. Used once.
 */
public final class Clearance {

    private static final int BATCH = 256;

    private final OciImageStore store;
    private final Retention retention;
    private final Instant begun;
    private final boolean isTrial;
    private final DigestSet needed = new DigestSet();
    private final DigestSet manifests = new DigestSet();
    private long movesSeen;
    private long removed;
    private long removedBytes;
    private long kept;

    /** @param isTrial only counts what would go */
    Clearance(OciImageStore store, Retention retention, Instant now, boolean isTrial) {
        this.store = store;
        this.retention = retention;
        this.begun = now;
        this.isTrial = isTrial;
    }

    /**
     * What went, or would go.
     *
     * @param removed how many blobs
     * @param bytes of them
     * @param kept how many blobs are left
     */
    public record Result(long removed, long bytes, long kept) {}

    /**
     * Does it.
     *
     * @throws IOException says what could not be known; then nothing that is needed was removed
     */
    Result run() throws IOException {
        // Before the tags are read: an import that ends meanwhile has a tag, or what it stored stays.
        Instant unlessStoredSince = store.changes().oldest(begun);
        forgetTags();
        mark();
        for (NamedBackend backend : store.backends().now()) {
            if (backend.backend() instanceof OwnedBackend owned) {
                sweep(owned, unlessStoredSince);
            }
        }
        return new Result(removed, removedBytes, kept);
    }

    /** Tags that were removed, and of whose images nothing is to be kept any more. */
    private void forgetTags() throws IOException {
        for (Map.Entry<ImageRef, List<TagMove>> tag : moves().entrySet()) {
            boolean isRemoved = tag.getValue().get(0).manifest().isEmpty();
            if (isRemoved && !isTrial && retention.kept(tag.getValue(), begun).isEmpty()) {
                store.ledger().forget(tag.getKey());
            }
        }
    }

    /** What has happened to each tag: a step that was written and not done keeps nothing. */
    private Map<ImageRef, List<TagMove>> moves() throws IOException {
        Map<ImageRef, List<TagMove>> moves = new TreeMap<>();
        for (Map.Entry<ImageRef, List<TagMove>> tag : store.ledger().all().entrySet()) {
            moves.put(tag.getKey(), Ledger.effective(tag.getValue(), store.manifest(tag.getKey())));
        }
        return moves;
    }

    private void mark() throws IOException {
        movesSeen = store.changes().moves();
        for (Map<ImageRef, Digest> tags :
                store.backends().every(backend -> Optional.of(backend.backend().tags()))) {
            for (Map.Entry<ImageRef, Digest> tag : tags.entrySet()) {
                need(tag.getValue(), "image " + tag.getKey());
            }
        }
        for (Digest pinned : store.ledger().pins()) {
            need(pinned, "the pinned image " + pinned);
        }
        for (List<TagMove> moves : moves().values()) {
            for (Digest former : retention.kept(moves, begun)) {
                if (!manifests.contains(former) && store.manifest(former).isPresent()) {
                    need(former, "the former image " + former);
                }
            }
        }
    }

    private void need(Digest manifest, String what) throws IOException {
        if (!manifests.add(manifest)) {
            return;
        }
        needed.add(manifest);
        try {
            byte[] bytes = store.manifest(manifest)
                    .orElseThrow(() -> new IOException("manifest " + manifest + " is in no storage backend"));
            References.of(bytes).forEach(needed::add);
        } catch (IOException e) {
            throw new IOException(
                    "nothing is removed, since it cannot be known what " + what + " needs: " + e.getMessage()
                            + "; import it again, or remove it",
                    e);
        }
    }

    private void sweep(OwnedBackend backend, Instant unlessStoredSince) throws IOException {
        List<Orphan> batch = new ArrayList<>();
        backend.eachBlob((digest, size, stored) -> {
            if (needed.contains(digest) || !stored.isBefore(unlessStoredSince)) {
                kept++;
                return;
            }
            batch.add(new Orphan(digest, size));
            if (batch.size() == BATCH) {
                remove(backend, batch, unlessStoredSince);
                batch.clear();
            }
        });
        remove(backend, batch, unlessStoredSince);
    }

    private record Orphan(Digest digest, long size) {}

    private void remove(OwnedBackend backend, List<Orphan> orphans, Instant unlessStoredSince) throws IOException {
        store.changes().remove(() -> {
            if (store.changes().moves() != movesSeen) {
                mark();
            }
            for (Orphan orphan : orphans) {
                boolean goes = !needed.contains(orphan.digest())
                        && (isTrial || backend.remove(orphan.digest(), unlessStoredSince));
                removed += goes ? 1 : 0;
                removedBytes += goes ? orphan.size() : 0;
                kept += goes ? 0 : 1;
            }
        });
    }
}
