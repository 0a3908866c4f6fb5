package io.slipway.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.boot.BootFile;
import io.slipway.boot.BootRequest;
import io.slipway.boot.BootTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A mirror of a server that is made for the test, with a clock of its own. */
abstract class MirrorFixture {

    static final Duration REVALIDATE = Duration.ofMinutes(5);
    static final Duration NEGATIVE = Duration.ofSeconds(30);
    static final String PLACE = "etc/io.slipway.source.http-debian.cfg";

    final MovingClock clock = new MovingClock();

    @TempDir
    Path folder;

    FakeUpstream upstream;
    HttpMirror mirror;

    @BeforeEach
    void start() throws IOException {
        upstream = new FakeUpstream();
        mirror = opened(1_000_000);
    }

    @AfterEach
    void stop() throws IOException {
        mirror.close();
        upstream.close();
    }

    HttpMirror opened(long maximumSize) throws IOException {
        return new HttpMirror(
                new Settings(
                        PLACE,
                        "debian",
                        "/mirror/debian",
                        upstream.url(),
                        folder.resolve("mirror"),
                        maximumSize,
                        REVALIDATE,
                        NEGATIVE,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(1),
                        Optional.empty(),
                        Optional.empty()),
                clock);
    }

    void reopen(long maximumSize) throws IOException {
        mirror.close();
        mirror = opened(maximumSize);
    }

    interface Code {
        void run() throws IOException;
    }

    static String logOf(Code code) throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            code.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(UTF_8);
    }

    static FakeUpstream.Response redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** What was asked for because it was not here, and not only whether it has changed. */
    List<String> fetched() {
        return upstream.asked().stream()
                .filter(request -> !request.endsWith(" if changed"))
                .toList();
    }

    Optional<BootFile> find(String path) throws IOException {
        return mirror.find(request("/mirror/debian/" + path));
    }

    String text(String path) throws IOException {
        return text(find(path).orElseThrow());
    }

    static String text(BootFile file) throws IOException {
        try (BootFile.Reader reader = file.open()) {
            ByteBuffer buffer = ByteBuffer.allocate((int) file.length());
            reader.read(buffer, 0);
            return new String(buffer.array(), UTF_8);
        }
    }

    static BootRequest request(String path) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
        return new BootRequest(path, BootTransport.HTTP, address, address, "lo", Optional.empty(), Optional.empty());
    }

    List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("mirror/files"))) {
            return all.filter(file -> !file.toString().endsWith(".note")).toList();
        }
    }

    int dataFiles() throws IOException {
        return files().size();
    }

    long bytesOnDisk() throws IOException {
        long sum = 0;
        for (Path file : files()) {
            sum += Files.size(file);
        }
        return sum;
    }

    static int count(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return (int) all.count();
        }
    }

    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
