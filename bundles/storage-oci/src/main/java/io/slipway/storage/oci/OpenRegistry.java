package io.slipway.storage.oci;

import java.io.Closeable;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * One registry, and all that is needed to be its backend.
 *
 * @param closed opens when the registry is not in use any more
 */
record OpenRegistry(RegistryBackend backend, Looking looking, Lanes lanes, CountDownLatch closed) implements Closeable {

    /** What is remembered of where digests are. */
    private static final int MOST_PLACES = 50_000;

    /** @param file the last look is kept in it */
    static OpenRegistry of(Settings settings, Path file) {
        CountDownLatch closed = new CountDownLatch(1);
        return of(settings, file, closed, Pause.until(closed, Trouble.of(settings)), System::nanoTime);
    }

    static OpenRegistry of(Settings settings, Path file, CountDownLatch closed, Pause pause, LongSupplier clock) {
        RegistryClient client = new RegistryClient(settings, http(settings), pause, clock);
        Lanes lanes = new Lanes(client.trouble());
        LastLook lastLook = new LastLook(file, settings);
        KnownTags tags = new KnownTags(lastLook.read());
        Places places = new Places(MOST_PLACES, clock, settings.refresh().toNanos());
        RegistryBackend backend = new RegistryBackend(settings, client, lanes, places, tags, lastLook);
        TagLook look = new TagLook(client, Repositories.of(settings), lanes);
        return new OpenRegistry(backend, new Looking(settings, look, tags, lastLook), lanes, closed);
    }

    /** Where a request is sent on to is not left to the client: it would take the password there. */
    private static HttpClient http(Settings settings) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout());
        settings.trust().ifPresent(issuers -> builder.sslContext(TrustedIssuers.with(issuers, settings.file())));
        return builder.build();
    }

    @Override
    public void close() {
        closed.countDown();
        looking.close();
        lanes.close();
    }
}
