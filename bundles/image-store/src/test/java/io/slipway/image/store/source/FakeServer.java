package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on loopback that answers as it is told, and remembers what it was asked. */
final class FakeServer implements AutoCloseable {

    /** What was asked. */
    record Asked(String uri, Headers headers) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.getFirst(name));
        }
    }

    /** One answer. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Queue<Answer> next = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    SafeUrl url(String path) throws IOException {
        return SafeUrl.parse("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Answers the next requests, one each; who asks more often gets 500. */
    FakeServer answers(Answer... answers) {
        next.addAll(List.of(answers));
        return this;
    }

    /** The file, or the part of it that is asked for with the right validator. */
    static Answer file(String content, String validator) {
        return exchange -> serve(exchange, content, validator, Integer.MAX_VALUE);
    }

    /** The same, and the connection breaks after so many bytes of the body. */
    static Answer broken(String content, String validator, int bytes) {
        return exchange -> serve(exchange, content, validator, bytes);
    }

    static Answer status(int status, String... headers) {
        return exchange -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** A body whose length nobody says. */
    static Answer chunked(String content, String... headers) {
        return exchange -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(content.getBytes(UTF_8));
        };
    }

    /** With a status, headers and a body as they are. */
    static Answer with(int status, String content, String... headers) {
        return exchange -> {
            set(exchange, headers);
            exchange.sendResponseHeaders(status, content.length());
            exchange.getResponseBody().write(content.getBytes(UTF_8));
        };
    }

    /** Nothing, as long as this is open. */
    Answer silence() {
        return exchange -> await();
    }

    /** The begin of a file, and then nothing as long as this is open. */
    Answer silenceAfter(String content, String etag) {
        return exchange -> {
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.sendResponseHeaders(200, content.length() + 10L);
            exchange.getResponseBody().write(content.getBytes(UTF_8));
            exchange.getResponseBody().flush();
            await();
        };
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        asked.add(new Asked(exchange.getRequestURI().toString(), exchange.getRequestHeaders()));
        try (exchange) {
            Answer answer = next.poll();
            (answer == null ? status(500) : answer).to(exchange);
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void serve(HttpExchange exchange, String content, String validator, int most) throws IOException {
        byte[] bytes = content.getBytes(UTF_8);
        Headers headers = exchange.getResponseHeaders();
        if (validator.endsWith("\"")) {
            headers.set("ETag", validator);
        } else if (!validator.isEmpty()) {
            headers.set("Last-Modified", validator);
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        int from = 0;
        int status = 200;
        if (range != null && !validator.isEmpty() && validator.equals(condition)) {
            from = Integer.parseInt(range.replaceAll("[^0-9]", ""));
            if (from >= bytes.length) {
                headers.set("Content-Range", "bytes */" + bytes.length);
                exchange.sendResponseHeaders(416, -1);
                return;
            }
            status = 206;
            headers.set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        exchange.sendResponseHeaders(status, bytes.length - from);
        OutputStream body = exchange.getResponseBody();
        body.write(bytes, from, Math.min(most, bytes.length - from));
        body.flush();
    }

    private static void set(HttpExchange exchange, String... headers) {
        for (int at = 0; at < headers.length; at += 2) {
            exchange.getResponseHeaders().set(headers[at], headers[at + 1]);
        }
    }
}
