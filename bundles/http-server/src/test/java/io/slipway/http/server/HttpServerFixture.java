package io.slipway.http.server;

import io.netty.handler.ssl.SslContext;
import io.slipway.boot.BootFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A server on loopback. */
final class HttpServerFixture implements AutoCloseable {

    static final Settings PATIENT = new Settings(
            1000,
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            2,
            500,
            Duration.ofSeconds(20),
            Duration.ofSeconds(2));

    final FakeBoot boot = new FakeBoot();
    final Connections connections;
    final LoopbackDoor door;
    /** By what new connections are encrypted; none are while it is empty. */
    volatile Optional<SslContext> encryption = Optional.empty();

    HttpServerFixture() {
        this(PATIENT);
    }

    HttpServerFixture(Settings settings) {
        this(settings, LoopbackDoor.Transport.NIO);
    }

    HttpServerFixture(Settings settings, LoopbackDoor.Transport transport) {
        connections = new Connections(boot, settings);
        door = new LoopbackDoor(
                transport,
                (channel, own) -> connections.accepted(
                        channel, own, encryption.map(context -> context.newHandler(channel.alloc()))));
    }

    /** Patient settings, but for the three times of a connection. */
    static Settings times(Duration idle, Duration header, Duration send) {
        return new Settings(1000, idle, header, send, 2, 500, Duration.ofSeconds(20), Duration.ofSeconds(2));
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + door.port() + path);
    }

    RawClient connect() throws IOException {
        return new RawClient(door.port());
    }

    static byte[] content(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** A file that was written an hour ago. */
    static BootFile onDisk(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
        return BootFile.of(file, BootFile.OCTET_STREAM);
    }

    long count(Counters.Count count) {
        return connections.counters().get(count);
    }

    /** Waits for a condition, looking often. */
    static void await(BooleanSupplier condition, String what) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Every connection is closed. */
    void awaitQuiet() {
        await(() -> connections.active() == 0, "all connections closed");
    }

    @Override
    public void close() {
        connections.stop(0);
        door.close();
    }
}
