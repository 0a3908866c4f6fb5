package io.slipway.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of a backend under test: looks at its store when the test says so. */
final class TestSettings {

    static final BlobStore.Limits SMALL = new BlobStore.Limits(1_500_000, 1_000_000);

    private TestSettings() {}

    static Settings of(Path folder, URI endpoint, String bucket, int partSize) throws IOException {
        return of(folder, endpoint, bucket, partSize, false);
    }

    static Settings of(Path folder, URI endpoint, String bucket, int partSize, boolean isReadOnly) throws IOException {
        return new Settings(
                "etc/io.slipway.storage.s3-test.cfg",
                "test",
                bucket,
                new Layout("lab/"),
                Optional.of(endpoint),
                "us-east-1",
                true,
                Optional.of(new Settings.Credentials(
                        secret(folder.resolve("access"), ProxyStore.ACCESS_KEY),
                        secret(folder.resolve("secret"), ProxyStore.SECRET_KEY))),
                Optional.empty(),
                Duration.ofDays(1),
                Duration.ofSeconds(30),
                partSize,
                0,
                isReadOnly);
    }

    static Settings withCaFile(Settings some, Optional<Path> caFile) {
        return new Settings(
                some.place(),
                some.name(),
                some.bucket(),
                some.layout(),
                some.endpoint(),
                some.region(),
                some.isPathStyle(),
                some.credentials(),
                caFile,
                some.refresh(),
                some.timeout(),
                some.partSize(),
                some.ranking(),
                some.isReadOnly());
    }

    private static Secret secret(Path file, String value) throws IOException {
        Files.writeString(file, value + "\n");
        return new Secret("file:" + file);
    }
}
