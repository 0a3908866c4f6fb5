package io.slipway.storage.s3;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An object store in this process, which checks signatures. Takes most of a second to start: one a class. */
final class ProxyStore implements Closeable {

    static final String ACCESS_KEY = "slipway-tests";
    static final String SECRET_KEY = "c2VjcmV0IG9mIHRoZSB0ZXN0cw/+";

    private final S3Proxy proxy;
    private final S3Client client;
    private final AtomicInteger buckets = new AtomicInteger();

    ProxyStore() throws Exception {
        proxy = S3Proxy.builder()
                .blobStore(new SmallParts(BlobStores.create("transient", new Properties())))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .stopTimeout(0)
                .build();
        proxy.start();
        client = S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint())
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    int port() {
        return proxy.getPort();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The name of a bucket that holds nothing. */
    String newBucket() {
        String name = "bucket-" + buckets.incrementAndGet();
        client.createBucket(request -> request.bucket(name));
        return name;
    }

    Set<String> keys(String bucket) {
        Set<String> keys = new TreeSet<>();
        client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key)
                .forEach(keys::add);
        return keys;
    }

    int uploads(String bucket) {
        return client.listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    void put(String bucket, String key, String text) {
        client.putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }

    void remove(String bucket, String key) {
        client.deleteObject(request -> request.bucket(bucket).key(key));
    }

    @Override
    public void close() throws IOException {
        client.close();
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IOException("S3Proxy does not stop", e);
        }
    }

    /**
     * S3 takes no part of less than five megabytes but the last, and tests have no time for such: nobody knows how
     * long.
     */
    private static final class SmallParts extends ForwardingBlobStore {

        SmallParts(BlobStore store) {
            super(store);
        }

        @Override
        public List<Part> listMultipartUpload(MultipartUpload upload) {
            return super.listMultipartUpload(upload).stream()
                    .map(part -> part.toBuilder().size(null).build())
                    .toList();
        }
    }
}
