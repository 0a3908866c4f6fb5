package io.slipway.storage.oci;

import com.sun.net.httpserver.HttpExchange;
import io.slipway.image.Digest;
import io.slipway.image.TestManifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The upload sessions of a fake registry. As real ones do, it names another location after each step. */
final class FakeUploads {

    private static final Pattern MOUNT = Pattern.compile("mount=(sha256:[0-9a-f]{64})&from=(.+)");
    private static final Pattern DIGEST = Pattern.compile(".*digest=(sha256:[0-9a-f]{64})");

    private final FakeRegistry registry;
    private final Map<String, ByteArrayOutputStream> open = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();

    FakeUploads(FakeRegistry registry) {
        this.registry = registry;
    }

    int open() {
        return open.size();
    }

    void forget() {
        open.clear();
    }

    void handle(HttpExchange exchange, String repository, String session) throws IOException {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        if (exchange.getRequestMethod().equals("POST")) {
            begin(exchange, repository, query);
            return;
        }
        ByteArrayOutputStream bytes = open.get(session);
        if (bytes == null) {
            FakeReplies.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown").to(exchange);
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "PATCH" -> append(exchange, repository, session, bytes);
            case "GET" -> answer(exchange, 204, repository, session, bytes);
            case "DELETE" -> {
                open.remove(session);
                FakeReplies.status(204).to(exchange);
            }
            default -> finish(exchange, repository, session, bytes, query);
        }
    }

    private void begin(HttpExchange exchange, String repository, String query) throws IOException {
        Matcher mount = MOUNT.matcher(query);
        if (mount.matches() && registry.mounts) {
            byte[] bytes;
            synchronized (registry) {
                bytes = registry.blobs.getOrDefault(mount.group(2), Map.of()).get(Digest.parse(mount.group(1)));
            }
            if (bytes != null) {
                registry.put(repository, bytes);
                FakeReplies.status(201).to(exchange);
                return;
            }
        }
        String session = "session-" + next.incrementAndGet();
        open.put(session, new ByteArrayOutputStream());
        answer(exchange, 202, repository, session, open.get(session));
    }

    private void append(HttpExchange exchange, String repository, String session, ByteArrayOutputStream bytes)
            throws IOException {
        byte[] chunk = exchange.getRequestBody().readAllBytes();
        String range = exchange.getRequestHeaders().getFirst("Content-Range");
        if (!range.equals(bytes.size() + "-" + (bytes.size() + chunk.length - 1))) {
            FakeReplies.error(416, "RANGE_INVALID", "not where it was").to(exchange);
            return;
        }
        bytes.writeBytes(chunk);
        answer(exchange, 202, repository, session, bytes);
    }

    /** Takes some of a chunk, as a registry does whose client hangs up. */
    void takeSome(HttpExchange exchange, int count) throws IOException {
        String path = exchange.getRequestURI().getPath();
        open.get(path.substring(path.lastIndexOf('/') + 1))
                .writeBytes(exchange.getRequestBody().readNBytes(count));
    }

    private void answer(
            HttpExchange exchange, int status, String repository, String session, ByteArrayOutputStream bytes)
            throws IOException {
        FakeReplies.status(
                        status,
                        "Location",
                        "/v2/" + repository + "/blobs/uploads/" + session + "?state=" + next.incrementAndGet(),
                        "Range",
                        "0-" + Math.max(0, bytes.size() - 1))
                .to(exchange);
    }

    private void finish(
            HttpExchange exchange, String repository, String session, ByteArrayOutputStream bytes, String query)
            throws IOException {
        bytes.writeBytes(exchange.getRequestBody().readAllBytes());
        Matcher digest = DIGEST.matcher(query);
        boolean isRight =
                digest.matches() && TestManifests.digest(bytes.toByteArray()).equals(Digest.parse(digest.group(1)));
        open.remove(session);
        if (!isRight) {
            FakeReplies.error(400, "DIGEST_INVALID", "provided digest did not match uploaded content")
                    .to(exchange);
            return;
        }
        registry.put(repository, bytes.toByteArray());
        FakeReplies.status(201, "Docker-Content-Digest", digest.group(1)).to(exchange);
    }
}
