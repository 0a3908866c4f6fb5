package io.slipway.image.catalog.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mirror on loopback that misbehaves as it is told. */
public final class FakeMirror implements AutoCloseable {

    /** What it does with one request instead of answering it as it should. */
    interface Mood {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static final String MODIFIED = "Sat, 11 Jul 2026 10:16:37 GMT";
    private static final int PART = 1000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Deque<Mood> moods = new ArrayDeque<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Optional<String> tag = Optional.of("\"1\"");

    public FakeMirror() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Without a slash at its end. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Has a file from now on.
     *
     * @param path without a slash before it
     */
    public void put(String path, byte[] bytes) {
        files.put("/" + path, bytes);
    }

    public void remove(String path) {
        files.remove("/" + path);
    }

    /** Calls its version of all files so from now on. */
    void tag(Optional<String> called) {
        tag = called;
    }

    /** The next request that is not in another mood yet. */
    synchronized void next(Mood mood) {
        moods.add(mood);
    }

    /** The paths that were asked for, each with what range. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Sends the head of a whole file and only a part of it. */
    Mood cutAfter(int length) {
        return exchange -> {
            byte[] file = files.get(exchange.getRequestURI().getPath());
            head(exchange);
            exchange.sendResponseHeaders(200, file.length);
            OutputStream out = exchange.getResponseBody();
            out.write(file, 0, length);
            out.flush();
            // Without close(), which would complain: the connection ends here.
        };
    }

    static Mood status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Mood redirect(String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    private synchronized Optional<Mood> mood() {
        return Optional.ofNullable(moods.poll());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        asked.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
        try (exchange) {
            Optional<Mood> mood = mood();
            if (mood.isPresent()) {
                mood.get().answer(exchange);
                return;
            }
            byte[] file = files.get(exchange.getRequestURI().getPath());
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            head(exchange);
            boolean isSame = tag.isPresent()
                    && tag.get().equals(exchange.getRequestHeaders().getFirst("If-Range"));
            int from = range != null && isSame
                    ? Integer.parseInt(range.substring("bytes=".length(), range.length() - 1))
                    : 0;
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length == 0 ? -1 : file.length - from);
            byte[] rest = Arrays.copyOfRange(file, from, file.length);
            for (int at = 0; at < rest.length; at += PART) {
                exchange.getResponseBody().write(rest, at, Math.min(PART, rest.length - at));
            }
        }
    }

    private void head(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Last-Modified", MODIFIED);
        tag.ifPresent(called -> exchange.getResponseHeaders().set("ETag", called));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
