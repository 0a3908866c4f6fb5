package io.slipway.image.store.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slipway.image.Digest;
import io.slipway.image.ImportProgress;
import io.slipway.image.TestManifests;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Downloads into a folder without waiting between attempts. */
final class DownloadFixture {

    final Path folder;
    final List<Duration> pauses = new ArrayList<>();
    final List<String> progress = new ArrayList<>();
    Map<String, String> environment = Map.of();
    long largest = 1_000_000;
    int attempts = 3;
    Duration silence = Duration.ofSeconds(30);

    DownloadFixture(Path folder) {
        this.folder = folder;
    }

    DownloadTerms terms() {
        return new DownloadTerms(folder, largest, Duration.ofSeconds(30), silence, attempts, Duration.ofSeconds(2));
    }

    DownloadedFile fetch(SafeUrl url) throws IOException {
        return fetch(url, Optional.empty());
    }

    DownloadedFile fetch(SafeUrl url, Optional<Digest> expected) throws IOException {
        ImportProgress told = (path, done, size) -> progress.add(path + " " + done + "/" + size);
        ProxyChoice proxies = new ProxyChoice(ProxySelector.of(null), Map.of(), environment);
        return DownloadedFile.fetch(url, expected, terms(), told, proxies, pauses::add);
    }

    /** Fetches, and lets go without removing. */
    String text(SafeUrl url) throws IOException {
        try (DownloadedFile file = fetch(url)) {
            return Files.readString(file.path());
        }
    }

    Path part(SafeUrl url) {
        return folder.resolve(url.key().hex() + ".part");
    }

    Path sidecar(SafeUrl url) {
        return folder.resolve(url.key().hex() + ".part.json");
    }

    static Digest digest(String content) {
        return TestManifests.digest(content.getBytes(UTF_8));
    }
}
