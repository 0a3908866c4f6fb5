package io.slipway.source.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Another server with a tree of files below {@code /debian}, which notes what it was asked. */
final class FakeUpstream implements Closeable {

    /** Answers one request. */
    interface Response {
        void to(HttpExchange exchange) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Response> responses = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    FakeUpstream() throws IOException {
        this(0);
    }

    FakeUpstream(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                Headers headers = exchange.getRequestHeaders();
                boolean isConditional =
                        headers.containsKey("If-None-Match") || headers.containsKey("If-Modified-Since");
                requests.add(exchange.getRequestURI().getRawPath() + (isConditional ? " if changed" : ""));
                responses
                        .getOrDefault(exchange.getRequestURI().getRawPath(), status(404))
                        .to(exchange);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/debian";
    }

    /** What it was asked since this was asked last. */
    List<String> asked() {
        List<String> asked = List.copyOf(requests);
        requests.removeAll(asked);
        return asked;
    }

    void has(String path, Response response) {
        responses.put("/debian/" + path, response);
    }

    /** A file with an entity tag, which answers 304 to who has it. */
    void has(String path, byte[] bytes, String tag) {
        has(path, exchange -> {
            exchange.getResponseHeaders().set("ETag", tag);
            boolean isKnown = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            exchange.sendResponseHeaders(isKnown ? 304 : 200, isKnown || bytes.length == 0 ? -1 : bytes.length);
            if (!isKnown && bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    /** A file with the time of its last change. */
    void hasDated(String path, byte[] bytes, String time) {
        has(path, exchange -> {
            exchange.getResponseHeaders().set("Last-Modified", time);
            boolean isKnown = time.equals(exchange.getRequestHeaders().getFirst("If-Modified-Since"));
            exchange.sendResponseHeaders(isKnown ? 304 : 200, isKnown ? -1 : bytes.length);
            if (!isKnown) {
                exchange.getResponseBody().write(bytes);
            }
        });
    }

    void lacks(String path) {
        responses.remove("/debian/" + path);
    }

    static Response status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
