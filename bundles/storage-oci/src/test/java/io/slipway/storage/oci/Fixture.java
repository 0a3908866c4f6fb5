package io.slipway.storage.oci;

import io.slipway.image.StorageBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A backend over a fake registry, whose pauses are noted and not waited for, and whose clock a test moves. */
final class Fixture implements AutoCloseable {

    static final String PASSWORD = "sesame-7351";

    final FakeRegistry registry;
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final AtomicLong clock = new AtomicLong(1);
    final Path folder;

    String prefix = "";
    List<String> repositories = List.of();
    List<Origin> mirrors = List.of();
    Optional<Login> login = Optional.empty();
    Optional<Path> trust = Optional.empty();
    Optional<Origin> origin = Optional.empty();
    Duration timeout = Duration.ofSeconds(20);
    boolean isReadOnly;

    private Optional<OpenRegistry> open = Optional.empty();

    Fixture(Path folder) throws IOException {
        this(folder, new FakeRegistry());
    }

    Fixture(Path folder, FakeRegistry registry) {
        this.folder = folder;
        this.registry = registry;
    }

    Settings settings() {
        List<Origin> origins = new ArrayList<>();
        origins.add(origin.orElse(registry.origin()));
        origins.addAll(mirrors);
        return new Settings(
                "lab",
                "etc/io.slipway.storage.oci-lab.cfg",
                origins,
                prefix,
                repositories.stream().map(NamePattern::parse).toList(),
                login,
                trust,
                Duration.ofSeconds(30),
                timeout,
                0,
                isReadOnly);
    }

    Fixture as(String user) throws IOException {
        Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        login = Optional.of(new Login(user, new Secret(Secret.Kind.FILE, file.toString())));
        return this;
    }

    /** Closes what was open. Nothing was looked at when this returns. */
    OpenRegistry open() {
        open.ifPresent(OpenRegistry::close);
        CountDownLatch closed = new CountDownLatch(1);
        OpenRegistry now =
                OpenRegistry.of(settings(), folder.resolve("data/look.json"), closed, pauses::add, clock::get);
        open = Optional.of(now);
        return now;
    }

    StorageBackend backend() {
        return open.orElseGet(this::open).backend();
    }

    /** Looks at the registry, as its thread does. */
    void look() {
        open.orElseGet(this::open).looking().look();
    }

    @Override
    public void close() {
        open.ifPresent(OpenRegistry::close);
        registry.close();
    }
}
