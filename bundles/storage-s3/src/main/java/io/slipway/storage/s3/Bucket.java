package io.slipway.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The objects of one bucket, one request a call. Every failure is an IOException that names the backend, the object and
 * the cure, and holds no secret. Safe for use by many threads.
 */
final class Bucket implements Closeable {

    /** Is shown objects, one after another. */
    interface Visitor {
        void object(StoredObject object) throws IOException;
    }

    private static final String OCTET_STREAM = "application/octet-stream";
    private static final int NOT_FOUND = 404;

    private final Settings settings;
    private final Clients clients;
    private final Failures failures;
    private final Clock clock;
    private volatile boolean isThere;

    Bucket(Settings settings, Clients clients, Clock clock) {
        this.settings = settings;
        this.clients = clients;
        this.failures = new Failures(settings);
        this.clock = clock;
    }

    Failures failures() {
        return failures;
    }

    /** For what takes the store as long as it takes. */
    S3Client patient() {
        return clients.patient();
    }

    S3Client usual() {
        return clients.usual();
    }

    String name() {
        return settings.bucket();
    }

    @Override
    public void close() {
        clients.close();
    }

    Optional<StoredObject> find(String key) throws IOException {
        Optional<HeadObjectResponse> answer = call(
                "look for",
                key,
                () -> ifFound(() -> clients.usual()
                        .headObject(request -> request.bucket(name()).key(key))));
        if (answer.isEmpty()) {
            requireBucket(key);
            return Optional.empty();
        }
        HeadObjectResponse head = answer.get();
        if (head.contentLength() == null || head.lastModified() == null) {
            throw failures.garbage("look for", key);
        }
        return Optional.of(new StoredObject(
                key,
                head.contentLength(),
                etag(head.eTag()),
                StoredObject.atTheLatest(head.lastModified(), head.sdkHttpResponse(), clock)));
    }

    /** Empty for an object that is not there; a bucket that is not there is a failure, where the store tells. */
    private static <T> Optional<T> ifFound(Supplier<T> request) {
        try {
            return Optional.of(request.get());
        } catch (S3Exception e) {
            boolean isBucket = e.awsErrorDetails() != null
                    && Failures.NO_SUCH_BUCKET.equals(e.awsErrorDetails().errorCode());
            if (e.statusCode() == NOT_FOUND && !isBucket) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** "Not found" may be said of the object or of the bucket: an answer to HEAD has no body that would tell. */
    private void requireBucket(String key) throws IOException {
        if (isThere) {
            return;
        }
        Optional<HeadBucketResponse> found = call(
                "look for", key, () -> ifFound(() -> clients.usual().headBucket(request -> request.bucket(name()))));
        if (found.isEmpty()) {
            throw failures.ofCode("look for", key, Failures.NO_SUCH_BUCKET);
        }
        isThere = true;
    }

    /** Stores a small object in one step. */
    String put(String key, Part bytes) throws IOException {
        PutObjectResponse answer = call("write", key, () -> clients.usual()
                .putObject(
                        request -> request.bucket(name())
                                .key(key)
                                .contentType(OCTET_STREAM)
                                .contentMD5(bytes.md5()),
                        body(bytes)));
        if (answer.eTag() == null) {
            throw failures.garbage("write", key);
        }
        return answer.eTag();
    }

    /** A body that can be sent again, and is not copied. */
    static RequestBody body(Part part) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(part.bytes(), 0, part.length()), part.length(), OCTET_STREAM);
    }

    /** The bytes of an object from a position on, the first byte being 0. The caller closes or aborts the stream. */
    ResponseInputStream<GetObjectResponse> read(String key, long from) throws IOException {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(name()).key(key);
        if (from > 0) {
            request.range("bytes=" + from + "-");
        }
        ResponseInputStream<GetObjectResponse> stream =
                call("read", key, () -> clients.usual().getObject(request.build()));
        String range = stream.response().contentRange();
        if (from > 0 && (range == null || !range.startsWith("bytes " + from + "-"))) {
            stream.abort();
            throw failures.failure(
                    "read",
                    key,
                    "it was asked for the bytes from " + from + " on, and sends others; look"
                            + " at the store, or at what is between");
        }
        return stream;
    }

    /** A small object whole. Empty when it is not there, or not any more. */
    Optional<byte[]> bytes(String key, int longest) throws IOException {
        Optional<ResponseInputStream<GetObjectResponse>> found = call(
                "read",
                key,
                () -> ifFound(() -> clients.usual()
                        .getObject(GetObjectRequest.builder()
                                .bucket(name())
                                .key(key)
                                .build())));
        return found.isPresent() ? Optional.of(bytes(key, found.get(), longest)) : Optional.empty();
    }

    private byte[] bytes(String key, ResponseInputStream<GetObjectResponse> stream, int longest) throws IOException {
        byte[] bytes;
        try (stream) {
            bytes = stream.readNBytes(longest + 1);
            if (bytes.length > longest) {
                stream.abort();
            }
        } catch (IOException e) {
            throw failures.of("read", key, new UncheckedIOException(e));
        }
        if (bytes.length > longest) {
            throw failures.failure("read", key, "it has more than " + longest + " bytes; it is not ours, remove it");
        }
        return bytes;
    }

    /** Shows every object whose key begins so, page by page. */
    void list(String prefix, Visitor visitor) throws IOException {
        Optional<String> next = Optional.empty();
        do {
            String token = next.orElse(null);
            ListObjectsV2Response page = call("list", prefix, () -> clients.usual()
                    .listObjectsV2(
                            request -> request.bucket(name()).prefix(prefix).continuationToken(token)));
            // A page of something else that answers there would be taken for an empty bucket.
            if (page.name() == null) {
                throw failures.garbage("list", prefix);
            }
            isThere = true;
            for (S3Object object : page.contents()) {
                visitor.object(listed(prefix, object, page));
            }
            next = Boolean.TRUE.equals(page.isTruncated())
                    ? Optional.ofNullable(page.nextContinuationToken())
                    : Optional.empty();
            if (next.isPresent() && next.get().equals(token)) {
                throw failures.garbage("list", prefix);
            }
        } while (next.isPresent());
    }

    private StoredObject listed(String prefix, S3Object object, ListObjectsV2Response page) throws IOException {
        boolean isWhole = object.key() != null
                && object.key().startsWith(prefix)
                && object.size() != null
                && object.lastModified() != null;
        if (!isWhole) {
            throw failures.garbage("list", prefix);
        }
        return new StoredObject(
                object.key(),
                object.size(),
                etag(object.eTag()),
                StoredObject.atTheLatest(object.lastModified(), page.sdkHttpResponse(), clock));
    }

    /** Removes an object; it need not be there. */
    void delete(String key) throws IOException {
        call("remove", key, () -> clients.usual()
                .deleteObject(request -> request.bucket(name()).key(key)));
    }

    /** One request of the SDK's; whatever it throws is told as an IOException. */
    <T> T call(String doing, String key, Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (RuntimeException e) {
            isThere = false;
            throw failures.of(doing, key, e);
        }
    }

    private static String etag(String said) {
        return said == null ? "" : said;
    }
}
