package io.slipway.image.store;

import io.slipway.image.Digest;
import io.slipway.image.Image;
import io.slipway.image.ImageFile;
import io.slipway.image.ImageRef;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * How large the images are, and how much of each is shared with others. What was learnt of an image is kept in 16 bytes a
 * blob, so that ten thousand images are read once and not for each list. Safe for use by many threads.
 */
@Component(service = Overview.class)
public final class Overview {

    private final OciImageStore store;
    private final Map<Digest, Summary> summaries = new HashMap<>();

    @Activate
    public Overview(@Reference OciImageStore store) {
        this.store = store;
    }

    /**
     * One tag.
     *
     * @param shared bytes that other images have, too; each blob counts once
     * @param trouble why the image cannot be read; the figures are 0 then
     */
    public record Row(
            ImageRef ref,
            Digest digest,
            int files,
            long size,
            long shared,
            Instant created,
            Optional<String> trouble) {}

    /** What is known of an image: its blobs by the first 64 bits of their digests, and their sizes. */
    private static final class Summary {

        private final int files;
        private final Instant created;
        private final long[] heads;
        private final long[] sizes;

        Summary(Image image) {
            Map<Long, Long> blobs = new HashMap<>();
            for (ImageFile file : image.files()) {
                blobs.put(Long.parseUnsignedLong(file.digest().hex(), 0, 16, 16), file.size());
            }
            this.files = image.files().size();
            this.created = image.created();
            this.heads = blobs.keySet().stream().mapToLong(Long::longValue).toArray();
            this.sizes = Arrays.stream(heads).map(blobs::get).toArray();
        }

        /** @param all the heads of all images' blobs, sorted, each as often as it occurs */
        long shared(long[] all) {
            long shared = 0;
            for (int i = 0; i < heads.length; i++) {
                int at = Arrays.binarySearch(all, heads[i]);
                boolean isShared =
                        (at > 0 && all[at - 1] == heads[i]) || (at < all.length - 1 && all[at + 1] == heads[i]);
                shared += isShared ? sizes[i] : 0;
            }
            return shared;
        }
    }

    /** Every tag, sorted. */
    public synchronized List<Row> rows() throws IOException {
        Map<ImageRef, Digest> tags = store.tags();
        summaries.keySet().retainAll(tags.values());
        Map<Digest, String> troubles = new HashMap<>();
        for (Digest manifest : tags.values()) {
            if (!summaries.containsKey(manifest) && !troubles.containsKey(manifest)) {
                try {
                    summaries.put(manifest, new Summary(store.require(manifest)));
                } catch (IOException e) {
                    troubles.put(manifest, e.getMessage());
                }
            }
        }
        long[] all = summaries.values().stream()
                .flatMapToLong(summary -> Arrays.stream(summary.heads))
                .sorted()
                .toArray();
        List<Row> rows = new ArrayList<>();
        tags.forEach((ref, manifest) -> {
            Summary summary = summaries.get(manifest);
            rows.add(
                    summary == null
                            ? new Row(
                                    ref, manifest, 0, 0, 0, Instant.EPOCH, Optional.ofNullable(troubles.get(manifest)))
                            : new Row(
                                    ref,
                                    manifest,
                                    summary.files,
                                    Arrays.stream(summary.sizes).sum(),
                                    summary.shared(all),
                                    summary.created,
                                    Optional.empty()));
        });
        return rows;
    }
}
