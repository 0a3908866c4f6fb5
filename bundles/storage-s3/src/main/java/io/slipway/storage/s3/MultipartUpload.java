package io.slipway.storage.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** One object that is put together of parts. Until it is complete there is none, or the one from before. */
final class MultipartUpload {

    /** S3 User Guide, "Amazon S3 multipart upload limits". */
    private static final int MOST_PARTS = 10_000;

    private final Bucket bucket;
    private final String key;
    private final String id;
    private final List<CompletedPart> parts = new ArrayList<>();

    private MultipartUpload(Bucket bucket, String key, String id) {
        this.bucket = bucket;
        this.key = key;
        this.id = id;
    }

    static MultipartUpload begin(Bucket bucket, String key) throws IOException {
        CreateMultipartUploadResponse answer = bucket.call("write", key, () -> bucket.usual()
                .createMultipartUpload(request -> request.bucket(bucket.name()).key(key)));
        if (answer.uploadId() == null) {
            throw bucket.failures().garbage("write", key);
        }
        return new MultipartUpload(bucket, key, answer.uploadId());
    }

    void add(Part part) throws IOException {
        int number = next();
        UploadPartResponse answer = bucket.call("write", key, () -> bucket.usual()
                .uploadPart(
                        request -> request.bucket(bucket.name())
                                .key(key)
                                .uploadId(id)
                                .partNumber(number)
                                .contentMD5(part.md5()),
                        Bucket.body(part)));
        done(number, answer.eTag());
    }

    /** Adds a run of bytes of an object that the store has. */
    void copy(String from, long first, long length) throws IOException {
        int number = next();
        UploadPartCopyResponse answer = bucket.call(
                "copy", from, () -> bucket.patient().uploadPartCopy(request -> request.sourceBucket(bucket.name())
                        .sourceKey(from)
                        .copySourceRange("bytes=" + first + "-" + (first + length - 1))
                        .destinationBucket(bucket.name())
                        .destinationKey(key)
                        .uploadId(id)
                        .partNumber(number)));
        done(
                number,
                answer.copyPartResult() == null ? null : answer.copyPartResult().eTag());
    }

    void complete() throws IOException {
        CompleteMultipartUploadResponse answer = bucket.call(
                "write", key, () -> bucket.patient().completeMultipartUpload(request -> request.bucket(bucket.name())
                        .key(key)
                        .uploadId(id)
                        .multipartUpload(
                                CompletedMultipartUpload.builder().parts(parts).build())));
        if (answer.eTag() == null) {
            throw bucket.failures().garbage("write", key);
        }
    }

    /**
     * Gives up after a failure, which is what the caller tells of. What cannot be removed now is when it is a day
     * old.
     */
    void abort(Exception failure) {
        try {
            bucket.call("abort the upload of", key, () -> bucket.usual()
                    .abortMultipartUpload(
                            request -> request.bucket(bucket.name()).key(key).uploadId(id)));
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private int next() throws IOException {
        if (parts.size() == MOST_PARTS) {
            throw bucket.failures().failure("write", key, "it has more than " + MOST_PARTS + " parts; raise partSize");
        }
        return parts.size() + 1;
    }

    private void done(int number, String etag) throws IOException {
        if (etag == null) {
            throw bucket.failures().garbage("write", key);
        }
        parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
}
