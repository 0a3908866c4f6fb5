package io.slipway.storage.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.slipway.image.Digest;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A registry in memory, as the distribution-spec has it, with switches for what real ones do otherwise. A rule that a
 * test adds is asked before it.
 */
final class FakeRegistry implements AutoCloseable {

    static {
        // Without it the answers of the JDK's server wait for the client's delayed ACK.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Answers a request. */
    interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    /** One request as it came. */
    record Seen(String method, String target, Optional<String> authorization, Optional<String> range) {
        String line() {
            return method + " " + target;
        }
    }

    private record Rule(Pattern line, AtomicInteger times, Reply reply) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stored(String mediaType, byte[] bytes) {}

    private static final Comparator<Digest> BY_HEX = Comparator.comparing(Digest::hex);
    private static final Pattern PATH = Pattern.compile("/v2/(.+)/(manifests|blobs|blobs/uploads|tags)/([^/]*)");

    final Map<String, Map<Digest, byte[]>> blobs = new TreeMap<>();
    final Map<String, Map<Digest, Stored>> manifests = new TreeMap<>();
    final Map<String, Map<String, Digest>> tags = new TreeMap<>();
    final List<Seen> requests = new CopyOnWriteArrayList<>();
    final FakeUploads uploads = new FakeUploads(this);

    /** The switches. */
    volatile Optional<FakeLogin> login = Optional.empty();

    volatile boolean deletesTags = true;
    volatile boolean mounts = true;
    volatile boolean tellsDigests = true;
    volatile boolean tellsKinds = true;
    volatile boolean takesRanges = true;
    volatile int page = Integer.MAX_VALUE;

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    FakeRegistry() throws IOException {
        this(HttpServer.create());
    }

    FakeRegistry(HttpServer server) throws IOException {
        this.server = server;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Answers the next requests whose line (method, path, query) is like this with something else. */
    FakeRegistry rule(String line, int times, Reply reply) {
        rules.add(new Rule(Pattern.compile(line), new AtomicInteger(times), reply));
        return this;
    }

    FakeRegistry rule(String line, Reply reply) {
        return rule(line, Integer.MAX_VALUE, reply);
    }

    void clearRules() {
        rules.clear();
    }

    int port() {
        return server.getAddress().getPort();
    }

    Origin origin() {
        return new Origin("http", "127.0.0.1", port());
    }

    List<String> lines() {
        return requests.stream().map(Seen::line).toList();
    }

    long count(String line) {
        return lines().stream().filter(seen -> seen.matches(line)).count();
    }

    synchronized void put(String repository, byte[] bytes) {
        blobs.computeIfAbsent(repository, absent -> new TreeMap<>(BY_HEX)).put(TestManifests.digest(bytes), bytes);
    }

    synchronized Digest put(String repository, String tag, String mediaType, byte[] manifest) {
        Digest digest = TestManifests.digest(manifest);
        manifests
                .computeIfAbsent(repository, absent -> new TreeMap<>(BY_HEX))
                .put(digest, new Stored(mediaType, manifest));
        if (!tag.startsWith("sha256:")) {
            tags.computeIfAbsent(repository, absent -> new TreeMap<>()).put(tag, digest);
        }
        return digest;
    }

    /** An image of one layer, pushed by somebody else. */
    Digest push(String repository, String tag, String content) {
        byte[] config = "{}".getBytes(UTF_8);
        byte[] layer = content.getBytes(UTF_8);
        put(repository, config);
        put(repository, layer);
        byte[] manifest = TestManifests.of(TestManifests.blob(config), TestManifests.blob(layer));
        return put(repository, tag, Manifest.MEDIA_TYPE, manifest);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            String line = exchange.getRequestMethod() + " " + uri;
            requests.add(new Seen(
                    exchange.getRequestMethod(),
                    uri.toString(),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Range"))));
            for (Rule rule : rules) {
                if (rule.line().matcher(line).matches() && rule.times().getAndDecrement() > 0) {
                    rule.reply().to(exchange);
                    return;
                }
            }
            if (login.isPresent() && login.get().answers(exchange)) {
                return;
            }
            answer(exchange);
        } catch (RuntimeException e) {
            throw new IOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/v2/_catalog")) {
            list(exchange, "repositories", repositories());
            return;
        }
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            FakeReplies.error(404, "NAME_UNKNOWN", "no such thing").to(exchange);
            return;
        }
        String repository = parts.group(1);
        switch (parts.group(2)) {
            case "tags" -> tags(exchange, repository);
            case "manifests" -> manifests(exchange, repository, parts.group(3));
            case "blobs" -> blob(exchange, repository, parts.group(3));
            default -> uploads.handle(exchange, repository, parts.group(3));
        }
    }

    private synchronized List<String> repositories() {
        List<String> names = new ArrayList<>(manifests.keySet());
        blobs.keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
        Collections.sort(names);
        return names;
    }

    private void tags(HttpExchange exchange, String repository) throws IOException {
        List<String> names;
        synchronized (this) {
            if (!manifests.containsKey(repository)) {
                names = null;
            } else {
                names = List.copyOf(tags.getOrDefault(repository, Map.of()).keySet());
            }
        }
        if (names == null) {
            FakeReplies.error(404, "NAME_UNKNOWN", "repository name not known to registry")
                    .to(exchange);
        } else {
            list(exchange, "tags", names);
        }
    }

    /** A page of a list, and where the next one is. */
    private void list(HttpExchange exchange, String key, List<String> all) throws IOException {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        String last = query.startsWith("last=") ? query.substring("last=".length()) : "";
        List<String> rest =
                all.stream().filter(name -> name.compareTo(last) > 0).toList();
        List<String> some = rest.stream().limit(page).toList();
        if (some.size() < rest.size()) {
            exchange.getResponseHeaders()
                    .add(
                            "Link",
                            "<" + exchange.getRequestURI().getPath() + "?last=" + some.get(some.size() - 1)
                                    + ">; rel=\"next\"");
        }
        String items = some.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(","));
        FakeReplies.text(200, "{\"name\":\"x\",\"" + key + "\":[" + items + "]}")
                .to(exchange);
    }

    private void manifests(HttpExchange exchange, String repository, String reference) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                byte[] bytes = exchange.getRequestBody().readAllBytes();
                String kind = exchange.getRequestHeaders().getFirst("Content-Type");
                Digest digest = put(repository, reference, kind, bytes);
                exchange.getResponseHeaders().set("Docker-Content-Digest", digest.toString());
                FakeReplies.status(201).to(exchange);
            }
            case "DELETE" -> delete(exchange, repository, reference);
            default -> {
                Optional<Stored> found = find(repository, reference);
                if (found.isEmpty()) {
                    FakeReplies.error(404, "MANIFEST_UNKNOWN", "manifest unknown")
                            .to(exchange);
                    return;
                }
                byte[] bytes = found.get().bytes();
                if (tellsDigests) {
                    exchange.getResponseHeaders()
                            .set(
                                    "Docker-Content-Digest",
                                    TestManifests.digest(bytes).toString());
                }
                if (tellsKinds) {
                    exchange.getResponseHeaders()
                            .set("Content-Type", found.get().mediaType());
                }
                FakeReplies.bytes(200, bytes).to(exchange);
            }
        }
    }

    private synchronized Optional<Stored> find(String repository, String reference) {
        Digest digest = reference.startsWith("sha256:")
                ? Digest.parse(reference)
                : tags.getOrDefault(repository, Map.of()).get(reference);
        return digest == null
                ? Optional.empty()
                : Optional.ofNullable(
                        manifests.getOrDefault(repository, Map.of()).get(digest));
    }

    private void delete(HttpExchange exchange, String repository, String reference) throws IOException {
        if (!deletesTags) {
            FakeReplies.error(405, "UNSUPPORTED", "The operation is unsupported.")
                    .to(exchange);
            return;
        }
        boolean wasThere;
        synchronized (this) {
            wasThere = tags.getOrDefault(repository, Map.of()).remove(reference) != null;
        }
        FakeReplies.status(wasThere ? 202 : 404).to(exchange);
    }

    private void blob(HttpExchange exchange, String repository, String digest) throws IOException {
        byte[] bytes;
        synchronized (this) {
            bytes = blobs.getOrDefault(repository, Map.of()).get(Digest.parse(digest));
        }
        if (bytes == null) {
            FakeReplies.error(404, "BLOB_UNKNOWN", "blob unknown to registry").to(exchange);
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null || !takesRanges) {
            FakeReplies.bytes(200, bytes).to(exchange);
        } else {
            int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
            FakeReplies.rest(bytes, from).to(exchange);
        }
    }

    @Override
    public void close() {
        if (!threads.isShutdown()) {
            server.stop(0);
            threads.shutdownNow();
        }
    }
}
