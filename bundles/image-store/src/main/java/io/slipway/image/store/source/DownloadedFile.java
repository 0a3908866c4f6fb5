package io.slipway.image.store.source;

import io.slipway.image.Digest;
import io.slipway.image.ImportProgress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A file that was fetched by http or https. It is on disk while this is open; what an earlier, broken download of the same
 * address has left there is not fetched again.
 */
public final class DownloadedFile implements Closeable {

    private final SafeUrl url;
    private final PartFile part;

    private DownloadedFile(SafeUrl url, PartFile part) {
        this.url = url;
        this.part = part;
    }

    /**
     * Fetches a file. Takes as long as it takes; an interrupt ends it.
     *
     * @param expected the sum that the publisher gives; the file is refused when it has another
     * @param progress told of the bytes that came, under the URL's name
     * @throws IOException names the URL without its secrets, what the server or the network did, and the cure
     */
    public static DownloadedFile fetch(
            SafeUrl url, Optional<Digest> expected, DownloadTerms terms, ImportProgress progress) throws IOException {
        return fetch(url, expected, terms, progress, ProxyChoice.ofProcess(), DownloadedFile::sleep);
    }

    static DownloadedFile fetch(
            SafeUrl url,
            Optional<Digest> expected,
            DownloadTerms terms,
            ImportProgress progress,
            ProxyChoice proxies,
            Download.Pause pause)
            throws IOException {
        PartFile part;
        try {
            part = PartFile.open(terms.folder(), url.key());
        } catch (IOException e) {
            throw new IOException(url + ": " + e.getMessage(), e);
        }
        boolean done = false;
        try {
            new Download(url, expected, terms, new HttpFetch(terms, proxies), progress, pause).into(part);
            done = true;
            return new DownloadedFile(url, part);
        } finally {
            if (!done) {
                part.close();
            }
        }
    }

    /**
     * Removes what broken downloads have left that nobody went on with.
     *
     * @param before since when they were not written
     */
    public static void sweep(Path folder, Instant before) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*.part*")) {
            for (Path leftover : leftovers) {
                if (Files.getLastModifiedTime(leftover).toInstant().isBefore(before)) {
                    Files.deleteIfExists(leftover);
                }
            }
        }
    }

    /** Where its bytes are. */
    public Path path() {
        return part.path();
    }

    /** The sum of its bytes. */
    public Digest digest() {
        return part.digest();
    }

    /** What it is called on the server; may be empty. */
    public String fileName() {
        return url.fileName();
    }

    /** When it was changed last, as the server has it; else 1970, so that the same file gives the same image. */
    public Instant modified() {
        return part.modified().orElse(Instant.EPOCH);
    }

    /** Removes it from the disk: it was imported. */
    public void remove() throws IOException {
        part.remove();
    }

    /** Lets it go. Unless it was removed it stays, and needs no second download. */
    @Override
    public void close() throws IOException {
        part.close();
    }

    /** Nobody counts the latch down: what ends the wait before its time is an interrupt. */
    private static void sleep(Duration duration) throws InterruptedException {
        boolean early = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
        if (early) {
            throw new IllegalStateException("a latch that nobody counts down was");
        }
    }
}
