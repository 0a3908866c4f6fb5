package io.slipway.storage.s3;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** What was coming in when a server was killed. It is removed when it is a day old. */
final class Leftovers {

    private static final Duration OLD = Duration.ofDays(1);

    private final Bucket bucket;
    private final String incoming;
    private final Predicate<String> isArriving;
    private final Clock clock;

    /**
     * @param incoming what the keys begin with of what is not whole
     * @param isArriving whether this process is still at work on a key
     */
    Leftovers(Bucket bucket, String incoming, Predicate<String> isArriving, Clock clock) {
        this.bucket = bucket;
        this.incoming = incoming;
        this.isArriving = isArriving;
        this.clock = clock;
    }

    /** Removes it, and says how many objects and uploads that were. */
    int clear() throws IOException {
        Instant old = clock.instant().minus(OLD);
        List<String> keys = new ArrayList<>();
        bucket.list(incoming, object -> {
            if (object.stored().isBefore(old) && !isArriving.test(object.key())) {
                keys.add(object.key());
            }
        });
        for (String key : keys) {
            bucket.delete(key);
        }
        List<MultipartUpload> uploads = uploads(old);
        for (MultipartUpload upload : uploads) {
            bucket.call("abort the upload of", upload.key(), () -> bucket.usual()
                    .abortMultipartUpload(request ->
                            request.bucket(bucket.name()).key(upload.key()).uploadId(upload.uploadId())));
        }
        return keys.size() + uploads.size();
    }

    private List<MultipartUpload> uploads(Instant old) throws IOException {
        List<MultipartUpload> found = new ArrayList<>();
        Optional<ListMultipartUploadsResponse> before = Optional.empty();
        do {
            String key = before.map(ListMultipartUploadsResponse::nextKeyMarker).orElse(null);
            String id =
                    before.map(ListMultipartUploadsResponse::nextUploadIdMarker).orElse(null);
            ListMultipartUploadsResponse page = bucket.call("list the uploads of", incoming, () -> bucket.usual()
                    .listMultipartUploads(request -> request.bucket(bucket.name())
                            .prefix(incoming)
                            .keyMarker(key)
                            .uploadIdMarker(id)));
            for (MultipartUpload upload : page.uploads()) {
                if (isOurs(upload, page, old)) {
                    found.add(upload);
                }
            }
            boolean isStuck = key != null && key.equals(page.nextKeyMarker());
            before = Boolean.TRUE.equals(page.isTruncated()) && page.nextKeyMarker() != null && !isStuck
                    ? Optional.of(page)
                    : Optional.empty();
        } while (before.isPresent());
        return found;
    }

    private boolean isOurs(MultipartUpload upload, ListMultipartUploadsResponse page, Instant old) {
        return upload.key() != null
                && upload.uploadId() != null
                && upload.initiated() != null
                && upload.key().startsWith(incoming)
                && !isArriving.test(upload.key())
                && StoredObject.atTheLatest(upload.initiated(), page.sdkHttpResponse(), clock)
                        .isBefore(old);
    }
}
