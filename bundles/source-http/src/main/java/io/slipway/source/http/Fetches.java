package io.slipway.source.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides whether what is kept is served as it is, and fetches what is not. One file is fetched once at a time, on a
 * thread of this class; who asks for it meanwhile waits for the same.
 */
final class Fetches implements Closeable {

    private static final int AT_A_TIME = 8;
    private static final int WAITING = 1000;
    private static final int MOST_MISSING = 10_000;
    private static final int BUFFER = 64 * 1024;

    private final Settings settings;
    private final Upstream upstream;
    private final Cache cache;
    private final Health health;
    private final Clock clock;
    private final Map<String, CompletableFuture<Optional<Entry>>> flights = new ConcurrentHashMap<>();
    private final Map<String, Instant> missing = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor pool;

    Fetches(Settings settings, Upstream upstream, Cache cache, Clock clock) {
        this.settings = settings;
        this.upstream = upstream;
        this.cache = cache;
        this.health = new Health(settings, clock);
        this.clock = clock;
        AtomicInteger number = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                AT_A_TIME, AT_A_TIME, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "mirror-" + settings.label() + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * The file of a path, as the other server had it a short while ago.
     *
     * @return empty when it has none
     * @throws IOException it cannot be had now, and was never
     */
    Optional<Entry> find(RemotePath path) throws IOException {
        Optional<Entry> kept = cache.find(path.text());
        if (kept.isPresent() && isFresh(kept.get())) {
            return kept;
        }
        if (kept.isEmpty() && isMissing(path)) {
            return Optional.empty();
        }
        CompletableFuture<Optional<Entry>> flight;
        try {
            flight = flights.computeIfAbsent(path.text(), text -> begin(path));
        } catch (RejectedExecutionException e) {
            throw new IOException(
                    "mirror of " + settings.url() + ": it is stopped, or more than " + WAITING
                            + " files are waited for; ask again later, or look at that server",
                    e);
        }
        return await(path, flight);
    }

    @Override
    public void close() {
        pool.shutdownNow();
        // Nobody waits for what is not begun any more.
        for (CompletableFuture<Optional<Entry>> flight : flights.values()) {
            flight.completeExceptionally(new IOException("mirror of " + settings.url() + " is stopped; ask again"));
        }
    }

    private CompletableFuture<Optional<Entry>> begin(RemotePath path) {
        CompletableFuture<Optional<Entry>> flight = new CompletableFuture<>();
        pool.execute(() -> {
            // Who asks after the flight has ended begins another: so it is gone before it is said how it ended.
            try {
                Optional<Entry> entry = current(path);
                flights.remove(path.text(), flight);
                flight.complete(entry);
            } catch (IOException | RuntimeException | LinkageError e) {
                flights.remove(path.text(), flight);
                flight.completeExceptionally(e);
            }
        });
        return flight;
    }

    private Optional<Entry> await(RemotePath path, CompletableFuture<Optional<Entry>> flight) throws IOException {
        try {
            return flight.get(settings.patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw new IOException(failure.getMessage(), failure);
            }
            throw new IOException("mirror of " + settings.url() + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    settings.url() + "/" + path.escaped()
                            + " is still being fetched; ask again later, or raise patience in " + settings.place(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(
                    settings.url() + "/" + path.escaped() + " is still being fetched; ask again later", e);
        }
    }

    private Optional<Entry> current(RemotePath path) throws IOException {
        Optional<Entry> kept = cache.find(path.text());
        if (kept.isPresent() && isFresh(kept.get())) {
            return kept;
        }
        Optional<String> trouble = health.trouble();
        if (trouble.isPresent()) {
            return orElse(kept, new UpstreamException(trouble.get(), true));
        }
        try {
            return asked(path, kept);
        } catch (UpstreamException e) {
            if (pool.isShutdown()) {
                throw e;
            }
            if (e.isDown()) {
                health.isDown(e.getMessage());
            } else if (kept.isPresent()) {
                health.isServedAsItWas(path, e.getMessage());
            }
            return orElse(kept, e);
        } catch (IOException e) {
            // Of the disk here.
            if (kept.isPresent() && !pool.isShutdown()) {
                health.isServedAsItWas(path, e.getMessage());
            }
            return orElse(kept, e);
        }
    }

    private static Optional<Entry> orElse(Optional<Entry> kept, IOException failure) throws IOException {
        if (kept.isEmpty()) {
            throw failure;
        }
        return kept;
    }

    private Optional<Entry> asked(RemotePath path, Optional<Entry> kept) throws IOException {
        try (Answer answer = upstream.get(path, kept)) {
            int status = answer.status();
            if (status >= 500 || status == 429) {
                throw new UpstreamException(answer.uri() + ": HTTP " + status + "; look at that server", true);
            }
            health.isWell();
            if (status == 404 || status == 410) {
                forget(path);
                return Optional.empty();
            }
            if (status == 304 && kept.isPresent()) {
                answer.finish();
                return Optional.of(cache.checked(kept.get()));
            }
            if (status != 200) {
                throw new UpstreamException(
                        answer.uri() + ": HTTP " + status + "; let this server read it there, or mend url in "
                                + settings.place(),
                        false);
            }
            return Optional.of(received(path, answer));
        }
    }

    private Entry received(RemotePath path, Answer answer) throws IOException {
        if (!answer.isAsItIs()) {
            throw new UpstreamException(
                    answer.uri() + ": it is compressed though that was not asked for; mend that server, or what is"
                            + " between",
                    false);
        }
        OptionalLong length = answer.length();
        if (length.isPresent()) {
            cache.requireRoom(length.getAsLong());
        }
        try (Incoming file = cache.begin()) {
            byte[] buffer = new byte[BUFFER];
            for (int count = read(answer, buffer); count >= 0; count = read(answer, buffer)) {
                file.write(buffer, count);
            }
            if (length.isPresent() && length.getAsLong() != file.size()) {
                throw new UpstreamException(
                        answer.uri() + ": it ended after " + file.size() + " of " + length.getAsLong()
                                + " bytes; look at that server and the network",
                        false);
            }
            answer.finish();
            return cache.keep(path.text(), file, answer.header("ETag"), answer.header("Last-Modified"));
        }
    }

    private int read(Answer answer, byte[] buffer) throws IOException {
        try {
            InputStream body = answer.body();
            return body.read(buffer);
        } catch (IOException e) {
            throw new UpstreamException(
                    answer.uri() + ": the connection broke (" + e.getMessage()
                            + "); look at that server and the network",
                    false,
                    e);
        }
    }

    private boolean isFresh(Entry entry) {
        return clock.instant().isBefore(entry.checked().plus(settings.revalidate()));
    }

    private boolean isMissing(RemotePath path) {
        Instant until = missing.getOrDefault(path.text(), Instant.MIN);
        return clock.instant().isBefore(until);
    }

    private void forget(RemotePath path) throws IOException {
        Instant now = clock.instant();
        if (missing.size() >= MOST_MISSING) {
            missing.values().removeIf(now::isAfter);
        }
        if (missing.size() >= MOST_MISSING) {
            missing.clear();
        }
        missing.put(path.text(), now.plus(settings.negative()));
        cache.remove(path.text());
    }
}
