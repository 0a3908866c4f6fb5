package io.slipway.image.catalog.net;

import io.slipway.image.Digest;
import io.slipway.image.ImportProgress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches files by HTTP and HTTPS: from mirrors and through proxies where those are configured, never from HTTPS to HTTP,
 * with what was cut off gone on with, a bounded number of times. An interrupt ends it and keeps what has come. Messages
 * name the address without user, password and query.
 */
public final class Download {

    /** The largest file that is fetched, in bytes. */
    public static final long LARGEST = 64L << 30;

    /** In a row and without a byte that has come. */
    static final int ATTEMPTS = 5;

    static final int REDIRECTS = 5;

    private static final String CONFIGURATION = "etc/io.slipway.image.catalog.cfg";
    private static final Set<Integer> REDIRECTING = Set.of(301, 302, 303, 307, 308);
    /** RFC 9110 section 15: these may be answered otherwise a little later. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504);

    private static final Set<Integer> ABSENT = Set.of(404, 410);
    private static final Set<Integer> FORBIDDEN = Set.of(401, 403);
    private static final int PROXY_LOGIN = 407;
    private static final int BEYOND_THE_END = 416;
    private static final long POLL_MILLIS = 100;

    /**
     * How to fetch.
     *
     * @param timeout how long a server may say nothing
     */
    public record Settings(Mirrors mirrors, Proxies proxies, Duration timeout) {
        public Settings {
            Objects.requireNonNull(mirrors, "mirrors");
            Objects.requireNonNull(proxies, "proxies");
            Objects.requireNonNull(timeout, "timeout");
        }
    }

    /**
     * A file that is here whole.
     *
     * @param size in bytes
     * @param modified when it was changed last, as its source says; the epoch when that says nothing
     */
    public record Fetched(Path file, long size, Instant modified) {}

    /** Waits before it is tried again. */
    interface Pause {
        void before(int attempt) throws InterruptedException;
    }

    /** What may go better the next time. */
    private static final class CutShort extends IOException {
        private static final long serialVersionUID = 1L;

        CutShort(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    private final Settings settings;
    private final Pause pause;
    private final HttpClient client;

    public Download(Settings settings) {
        this(settings, attempt -> {
            if (new CountDownLatch(1).await(attempt, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody counts it down");
            }
        });
    }

    Download(Settings settings, Pause pause) {
        this.settings = settings;
        this.pause = pause;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .proxy(settings.proxies());
        Logins.of(settings.mirrors(), settings.proxies()).ifPresent(builder::authenticator);
        this.client = builder.build();
    }

    /** Where an address is fetched from. */
    public URI source(URI url) {
        return settings.mirrors().of(url);
    }

    /**
     * Fetches a small file into memory.
     *
     * @param largest in bytes
     */
    public byte[] bytes(URI url, int largest) throws IOException, InterruptedException {
        Attempt<byte[]> attempt = () -> {
            try (Receiver.Memory receiver = new Receiver.Memory(largest)) {
                HttpResponse<Long> answer = ask(url, Map.of(), receiver, () -> {});
                requireStatus(answer, answer.statusCode() == Receiver.OK);
                return receiver.bytes();
            }
        };
        for (int failed = 1; ; failed++) {
            try {
                return attempt.run();
            } catch (CutShort e) {
                waitOrGiveUp(failed, e, "");
            }
        }
    }

    /**
     * Fetches a file whose digest is known into a folder, under a name made of the digest. What is there of it is gone on
     * with. A file with other bytes is removed.
     *
     * @param name for the progress
     */
    public Fetched file(URI url, Digest expected, Path folder, String name, ImportProgress progress)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Partial partial = new Partial(folder, expected);
        int failed = 0;
        while (true) {
            long before = partial.size();
            try {
                return once(url, expected, partial, name, progress);
            } catch (CutShort e) {
                failed = partial.size() > before ? 1 : failed + 1;
                waitOrGiveUp(failed, e, "; what has come is kept, and the next time goes on from there");
            }
        }
    }

    private Fetched once(URI url, Digest expected, Partial partial, String name, ImportProgress progress)
            throws IOException, InterruptedException {
        long had = partial.size();
        MessageDigest digest = partial.digest();
        if (had > 0 && Digest.soFar(digest).equals(expected)) {
            return whole(partial, Optional.empty());
        }
        Optional<String> version = had > 0 ? partial.version() : Optional.empty();
        Map<String, String> headers =
                version.isPresent() ? Map.of("Range", "bytes=" + had + "-", "If-Range", version.get()) : Map.of();
        try (Receiver.OnDisk receiver = new Receiver.OnDisk(partial, had, digest, LARGEST)) {
            HttpResponse<Long> answer =
                    ask(url, headers, receiver, () -> progress.at(name, receiver.done(), receiver.size()));
            if (answer.statusCode() == BEYOND_THE_END || isRestOfSomethingElse(answer, had)) {
                partial.discard();
                throw new CutShort(Urls.shown(answer.uri()) + " has changed since a part of it was fetched", null);
            }
            requireStatus(
                    answer, answer.statusCode() == Receiver.OK || answer.statusCode() == Receiver.PARTIAL_CONTENT);
            Digest found = Digest.soFar(receiver.finish());
            if (!found.equals(expected)) {
                partial.discard();
                throw new IOException(Urls.shown(answer.uri()) + " has other bytes than its checksum is of (" + found
                        + ", and not " + expected + "); perhaps it is being changed: try again later, or from another"
                        + " mirror");
            }
            return whole(
                    partial,
                    Optional.of(answer.headers().firstValue("Last-Modified").orElse("")));
        }
    }

    private static boolean isRestOfSomethingElse(HttpResponse<Long> answer, long had) {
        return answer.statusCode() == Receiver.PARTIAL_CONTENT
                && !answer.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + had + "-");
    }

    /** The time of the last change is kept as that of the file. */
    private static Fetched whole(Partial partial, Optional<String> lastModified) throws IOException {
        if (lastModified.isPresent()) {
            Files.setLastModifiedTime(partial.file(), FileTime.from(time(lastModified.get())));
        } else if (partial.version().isPresent()) {
            Files.setLastModifiedTime(
                    partial.file(), FileTime.from(time(partial.version().get())));
        }
        partial.keep();
        Instant modified = Files.getLastModifiedTime(partial.file()).toInstant();
        return new Fetched(partial.file(), partial.size(), modified);
    }

    /** RFC 9110 section 5.6.7. */
    private static Instant time(String text) {
        try {
            return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeParseException e) {
            // Not a time, such as an entity tag: it is told of as if nothing were said.
            return Instant.EPOCH;
        }
    }

    private void waitOrGiveUp(int failed, CutShort why, String kept) throws IOException, InterruptedException {
        if (failed >= ATTEMPTS) {
            throw new IOException(
                    why.getMessage() + ", " + ATTEMPTS + " times in a row" + kept
                            + ". Try again later, or name another address under mirrors in " + CONFIGURATION,
                    why);
        }
        pause.before(failed);
    }

    /** Follows redirects, but not from HTTPS to HTTP. */
    private HttpResponse<Long> ask(URI url, Map<String, String> headers, Receiver receiver, Runnable progress)
            throws IOException, InterruptedException {
        URI first = settings.mirrors().of(url);
        URI at = first;
        for (int hops = 0; hops <= REDIRECTS; hops++) {
            HttpRequest.Builder request = HttpRequest.newBuilder(Urls.request(at))
                    .header("User-Agent", "Slipway")
                    .header("Accept-Encoding", "identity");
            headers.forEach(request::header);
            HttpResponse<Long> answer = exchange(request.build(), receiver, progress);
            if (!REDIRECTING.contains(answer.statusCode())) {
                return answer;
            }
            at = Urls.redirected(at, answer.headers().firstValue("Location").orElse(""));
        }
        throw new IOException(Urls.shown(first) + " is redirected more than " + REDIRECTS
                + " times; name another address under mirrors in " + CONFIGURATION);
    }

    /** Waits for the end of a response, and as long as something comes. */
    private HttpResponse<Long> exchange(HttpRequest request, Receiver receiver, Runnable progress)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Long>> answer = client.sendAsync(request, receiver);
        long last = -1;
        long since = System.nanoTime();
        try {
            while (true) {
                try {
                    HttpResponse<Long> whole = answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
                    progress.run();
                    return whole;
                } catch (TimeoutException e) {
                    progress.run();
                    if (receiver.received() != last) {
                        last = receiver.received();
                        since = System.nanoTime();
                    } else if (System.nanoTime() - since > settings.timeout().toNanos()) {
                        throw new CutShort(
                                Urls.shown(request.uri()) + " has sent nothing for "
                                        + settings.timeout().toMillis() + " ms",
                                e);
                    }
                }
            }
        } catch (ExecutionException e) {
            throw failure(request.uri(), e.getCause());
        } finally {
            answer.cancel(true);
            receiver.abandon();
        }
    }

    private static IOException failure(URI url, Throwable why) {
        if (why instanceof Receiver.Unstorable unstorable) {
            return unstorable;
        }
        if (why instanceof ResponseSink.TooLong) {
            return new IOException(Urls.shown(url) + " has " + why.getMessage() + ", which no such file has", why);
        }
        String reason = why.getMessage() == null
                ? why.getClass().getSimpleName().replace("Exception", "").toLowerCase(Locale.ROOT)
                : why.getMessage();
        return new CutShort(Urls.shown(url) + " cannot be fetched (" + reason + ")", why);
    }

    private static void requireStatus(HttpResponse<Long> answer, boolean isExpected) throws IOException {
        if (isExpected) {
            return;
        }
        int status = answer.statusCode();
        String said = Urls.shown(answer.uri()) + " was answered with status " + status;
        if (PASSING.contains(status)) {
            throw new CutShort(said, null);
        }
        if (ABSENT.contains(status)) {
            throw new IOException(
                    said + ": there is no such file; look at the entry, and at mirrors in " + CONFIGURATION);
        }
        if (FORBIDDEN.contains(status)) {
            throw new IOException(said + ": it is not for everybody; put user and password into the address of the"
                    + " mirror in " + CONFIGURATION);
        }
        throw new IOException(said
                + (status == PROXY_LOGIN
                        ? ": the proxy wants a user and a password; put them into proxy in " + CONFIGURATION
                        : "; look at mirrors and proxy in " + CONFIGURATION));
    }
}
