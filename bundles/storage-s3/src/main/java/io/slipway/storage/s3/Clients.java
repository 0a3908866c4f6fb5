package io.slipway.storage.s3;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * The SDK's clients of one store.
 *
 * @param usual answers each piece within the timeout
 * @param patient is waited for while the store copies, of which it says nothing until it is done
 */
record Clients(AwsCredentialsProvider credentials, S3Client usual, S3Client patient) implements Closeable {

    private static final Duration COPY = Duration.ofMinutes(15);

    /**
     * @param attempts how often each request is tried, 1 or more
     * @throws IOException the certificates cannot be read; names the file
     */
    static Clients of(Settings settings, int attempts) throws IOException {
        Optional<TrustManager[]> trust = settings.caFile().isPresent()
                ? Optional.of(trusting(settings.place(), settings.caFile().get()))
                : Optional.empty();
        // The SDK looks for parts of itself with the loader of the thread, which in a container is anybody's.
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Clients.class.getClassLoader());
        try {
            AwsCredentialsProvider credentials = credentials(settings);
            return new Clients(
                    credentials,
                    client(settings, credentials, trust, settings.timeout(), attempts),
                    client(settings, credentials, trust, COPY, attempts));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        usual.close();
        patient.close();
        if (credentials instanceof DefaultCredentialsProvider sdks) {
            sdks.close();
        }
    }

    private static S3Client client(
            Settings settings,
            AwsCredentialsProvider credentials,
            Optional<TrustManager[]> trust,
            Duration patience,
            int attempts) {
        UrlConnectionHttpClient.Builder http = UrlConnectionHttpClient.builder()
                .connectionTimeout(settings.timeout())
                .socketTimeout(patience);
        trust.ifPresent(managers -> http.tlsTrustManagersProvider(() -> managers));
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .httpClientBuilder(http)
                .forcePathStyle(settings.isPathStyle())
                // Other stores do not know AWS's newer checksums, nor bodies in signed chunks. What is sent has
                // Content-MD5, and what is read is compared with its digest.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        // The JDK's client waits five seconds for a store that does not answer to it.
                        .expectContinueEnabled(false)
                        .build())
                .overrideConfiguration(configuration ->
                        configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(attempts)
                                .build()));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** Asked for each request, so that a secret's file may be replaced. */
    private static AwsCredentialsProvider credentials(Settings settings) {
        if (settings.credentials().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        Settings.Credentials ours = settings.credentials().get();
        return () -> {
            try {
                return AwsBasicCredentials.create(
                        ours.accessKey().value(), ours.secretKey().value());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static TrustManager[] trusting(String place, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new IOException("it has no certificate");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException(
                    place + ": caFile = " + file + "; expected a PEM file of certificates (" + e.getMessage() + ")", e);
        }
    }
}
