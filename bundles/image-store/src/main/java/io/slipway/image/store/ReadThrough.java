package io.slipway.image.store;

import io.slipway.image.Blob;
import io.slipway.image.Digest;
import io.slipway.image.StorageBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings blobs that are held remotely into a backend that keeps them in local files, each once however many machines ask
 * for it. Safe for use by many threads.
 */
final class ReadThrough {

    private static final Logger LOG = LoggerFactory.getLogger(ReadThrough.class);

    private final Map<Digest, CompletableFuture<Blob>> underWay = new ConcurrentHashMap<>();

    /**
     * Stores a blob locally, or waits for who does.
     *
     * @throws IOException it could not be fetched or stored, or its bytes are not those of its digest
     */
    Blob fetch(Blob remote, StorageBackend local) throws IOException {
        CompletableFuture<Blob> mine = new CompletableFuture<>();
        CompletableFuture<Blob> others = underWay.putIfAbsent(remote.digest(), mine);
        if (others != null) {
            return await(others);
        }
        try {
            Optional<Blob> here = local.blob(remote.digest());
            Blob stored = here.isPresent() ? here.get() : copy(remote, local);
            mine.complete(stored);
            return stored;
        } catch (IOException | RuntimeException | LinkageError e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(remote.digest());
        }
    }

    /** Copies it, whether it is here already or not. */
    static Blob copy(Blob remote, StorageBackend local) throws IOException {
        long start = System.nanoTime();
        Blob stored;
        try (InputStream bytes = remote.open()) {
            stored = local.store(bytes);
        }
        if (!stored.digest().equals(remote.digest())) {
            throw new IOException("blob " + remote.digest() + " came with other bytes, of " + stored.digest()
                    + "; look at the storage backend that it came from, and at what is between");
        }
        LOG.info(
                "fetched blob {}: {} bytes in {} ms",
                stored.digest(),
                stored.size(),
                (System.nanoTime() - start) / 1_000_000);
        return stored;
    }

    private static Blob await(CompletableFuture<Blob> fetched) throws IOException {
        try {
            return fetched.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a blob was fetched");
        }
    }
}
